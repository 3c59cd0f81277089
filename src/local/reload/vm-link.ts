import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { notReloadable } from './messages.ts';
import { type ReloadOutcome, readServiceNotice, VmService } from './vm-service.ts';

/** Connects to the VM of a process once the process has printed its address. */
export class VmLink {
  #service: Promise<VmService | undefined> | undefined;

  /** Reads a printed line. Returns true for one about the VM service, which is not to be shown. */
  takes(line: string): boolean {
    const { hidden, url } = readServiceNotice(line);
    if (url !== undefined && this.#service === undefined) {
      // Without a connection the process is restarted instead of reloaded.
      this.#service = VmService.connect(url).catch(() => undefined);
    }
    return hidden;
  }

  /**
   * Reloads the code from the disk. Never rejects.
   *
   * @param root the folder of the Dart package
   */
  async reload(root: string): Promise<ReloadOutcome> {
    const service = await this.#service;
    if (service === undefined) return { kind: 'restart', reason: notReloadable() };
    return service.reload(pathToFileURL(join(root, '.dart_tool/package_config.json')).href);
  }

  async close(): Promise<void> {
    (await this.#service)?.close();
  }
}
