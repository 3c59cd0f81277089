import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Launch } from '../lambda/environment-options.ts';
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
   * Reloads the code from the disk in the process that was launched like that. The places in
   * the compiler's message are relative to its folder. Never rejects.
   */
  async reload({ cwd, recompile }: Pick<Launch, 'cwd' | 'recompile'>): Promise<ReloadOutcome> {
    const service = await this.#service;
    if (service === undefined) return { kind: 'restart', reason: notReloadable() };
    const kernel = await recompile?.();
    const url = (path: string) => pathToFileURL(path).href;
    const packages = url(join(cwd, '.dart_tool/package_config.json'));
    const outcome =
      kernel && 'rejected' in kernel
        ? ({ kind: 'rejected', message: kernel.rejected } as const)
        : await service.reload(packages, kernel && url(kernel.path));
    if (outcome.kind !== 'rejected') return outcome;
    return { ...outcome, message: outcome.message.replaceAll(`${url(cwd)}/`, '') };
  }

  async close(): Promise<void> {
    (await this.#service)?.close();
  }
}
