// A static ELF program for Linux that does nothing but `exec /bin/sh -c SCRIPT ITS-OWN-PATH`.

/** `e_machine` (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). */
const MACHINES = /** @type {Record<string, number>} */ ({
  linux_x64: 62,
  linux_arm64: 183,
  linux_arm: 40,
  linux_riscv64: 243,
});

const BASE = 0x400000;
const HEADERS = 64 + 56;

/**
 * The file. The machine code is that of x64 whatever the target is: for another
 * processor only the header is right, and the file cannot run.
 *
 * @param {string} script gets the program's path as $0
 * @param {string} target `linux_x64`, for example
 */
export function elfOf(script, target) {
  const CODE = 55;
  const strings = ['/bin/sh', '-c', script].map((text) => Buffer.from(`${text}\0`));
  const argv = BASE + HEADERS + CODE;
  const addresses = [];
  let next = argv + 5 * 8;
  for (const text of strings) {
    addresses.push(next);
    next += text.length;
  }
  const [shell = 0, dashC = 0, scriptAddress = 0] = addresses;
  const size = next - BASE;

  const code = Buffer.from([
    ...[0x48, 0x8b, 0x04, 0x24], // mov rax, [rsp]          argc
    ...[0x48, 0x8d, 0x54, 0xc4, 0x10], // lea rdx, [rsp+rax*8+16]  envp
    ...[0x48, 0x8b, 0x5c, 0x24, 0x08], // mov rbx, [rsp+8]        argv[0]
    ...[0x48, 0x89, 0x1c, 0x25, ...le32(argv + 24)], // mov [argv+24], rbx
    ...[0xbf, ...le32(shell)], // mov edi, "/bin/sh"
    ...[0xbe, ...le32(argv)], // mov esi, argv
    ...[0xb8, ...le32(59)], // mov eax, execve
    ...[0x0f, 0x05], // syscall
    ...[0xbf, ...le32(255)], // mov edi, 255
    ...[0xb8, ...le32(60)], // mov eax, exit
    ...[0x0f, 0x05], // syscall
  ]);
  if (code.length > CODE) throw new Error(`${code.length} bytes of code`);

  const file = Buffer.alloc(HEADERS + CODE + 5 * 8);
  Buffer.from('\x7fELF\x02\x01\x01', 'latin1').copy(file);
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(MACHINES[target] ?? 0, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(BASE + HEADERS), 24); // entry point
  file.writeBigUInt64LE(64n, 32); // program headers
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // PT_LOAD
  file.writeUInt32LE(7, 68); // read, write (argv), execute
  file.writeBigUInt64LE(BigInt(BASE), 80);
  file.writeBigUInt64LE(BigInt(BASE), 88);
  file.writeBigUInt64LE(BigInt(size), 96);
  file.writeBigUInt64LE(BigInt(size), 104);
  file.writeBigUInt64LE(0x1000n, 112);
  code.copy(file, HEADERS);
  for (const [index, address] of [shell, dashC, scriptAddress].entries()) {
    file.writeBigUInt64LE(BigInt(address), HEADERS + CODE + index * 8);
  }
  return Buffer.concat([file, ...strings]);
}

/** @param {number} value */
function le32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
