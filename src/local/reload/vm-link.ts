import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ReloadOutcome, readServiceNotice, VmService } from './vm-service.ts';

/** The way to the VM of a process, which tells its address in what it prints. */
export class VmLink {
  #service: Promise<VmService | undefined> | undefined;

  /** Reads a line that the process has printed. Whether it is about the VM service, and for nobody else. */
  takes(line: string): boolean {
    const { hidden, url } = readServiceNotice(line);
    if (url !== undefined && this.#service === undefined) {
      // A VM that cannot be connected to is restarted where it would be reloaded.
      this.#service = VmService.connect(url).catch(() => undefined);
    }
    return hidden;
  }

  /**
   * Puts the code that is on the disk now into the process. Never rejects.
   *
   * @param root the folder of its package
   */
  async reload(root: string): Promise<ReloadOutcome> {
    const service = await this.#service;
    if (service === undefined) return { kind: 'restart', reason: 'it cannot be reloaded' };
    return service.reload(pathToFileURL(join(root, '.dart_tool/package_config.json')).href);
  }

  async close(): Promise<void> {
    (await this.#service)?.close();
  }
}
