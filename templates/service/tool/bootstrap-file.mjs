// What AWS Lambda takes: an ELF executable for the right processor that needs no
// newer glibc than Amazon Linux 2023 has, in a zip that is the same for the same
// program.

import { crc32, deflateRawSync } from 'node:zlib';

/** `e_machine` of an ELF file (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). */
const MACHINES = /** @type {Record<string, number>} */ ({ x86_64: 62, arm64: 183 });

/** The glibc of provided.al2023. */
const GLIBC = [2, 34];

/**
 * Why AWS Lambda could not run the file, or undefined when it can.
 *
 * @param {Buffer} file
 * @param {string} architecture as in serverless.yml
 */
export function bootstrapProblem(file, architecture) {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46) return 'it is not an ELF file';
  if (file[4] !== 2 || file[5] !== 1) return 'it is not a 64-bit little-endian ELF file';
  const machine = file.readUInt16LE(18);
  if (machine !== MACHINES[architecture]) {
    const name = Object.keys(MACHINES).find((key) => MACHINES[key] === machine);
    return `it is for ${name ?? `machine ${machine}`}, and serverless.yml says ${architecture}`;
  }
  const newest = neededGlibc(file).filter(isNewer).sort(compare).at(-1);
  if (newest) {
    return `it needs glibc ${newest.join('.')}, and provided.al2023 has ${GLIBC.join('.')}`;
  }
  return undefined;
}

/** @param {number[]} a @param {number[]} b */
const compare = (a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
const isNewer = (/** @type {number[]} */ version) => compare(version, GLIBC) > 0;

/**
 * The versions of glibc's symbols that a file needs, from its dynamic section
 * (DT_VERNEED; Linux Standard Base Core, Symbol Versioning).
 *
 * @param {Buffer} file
 * @returns {number[][]}
 */
function neededGlibc(file) {
  const headers = programHeaders(file);
  const dynamic = headers.find(({ type }) => type === 2);
  if (!dynamic) return []; // linked statically
  /** @type {Map<number, number>} */
  const entries = new Map();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    entries.set(Number(file.readBigUInt64LE(at)), Number(file.readBigUInt64LE(at + 8)));
  }
  const fileOffset = (/** @type {number} */ address) => {
    const segment = headers.find(
      ({ type, start, size }) => type === 1 && address >= start && address < start + size,
    );
    return segment ? address - segment.start + segment.offset : undefined;
  };
  const strings = fileOffset(entries.get(5) ?? -1);
  let need = fileOffset(entries.get(0x6ffffffe) ?? -1);
  const versions = [];
  for (let left = entries.get(0x6fffffff) ?? 0; left > 0 && need !== undefined; left--) {
    let auxiliary = need + file.readUInt32LE(need + 8);
    for (let count = file.readUInt16LE(need + 2); count > 0; count--) {
      const start = (strings ?? 0) + file.readUInt32LE(auxiliary + 8);
      const name = file.toString('latin1', start, file.indexOf(0, start));
      const [, major, minor] = /^GLIBC_(\d+)\.(\d+)/.exec(name) ?? [];
      if (major !== undefined) versions.push([Number(major), Number(minor)]);
      auxiliary += file.readUInt32LE(auxiliary + 12);
    }
    need += file.readUInt32LE(need + 12);
  }
  return versions;
}

/** @param {Buffer} file */
function programHeaders(file) {
  const table = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  return Array.from({ length: file.readUInt16LE(56) }, (_, index) => {
    const at = table + index * size;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      start: Number(file.readBigUInt64LE(at + 16)),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}

/**
 * A zip file with one executable in it, named `bootstrap` and of mode 0755 on
 * every system. Its time is fixed, so the same content gives the same zip
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 *
 * @param {Buffer} content
 */
export function zipBootstrap(content) {
  const name = Buffer.from('bootstrap');
  const packed = deflateRawSync(content, { level: 9 });
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0); // version needed: 2.0, deflate
  entry.writeUInt16LE(8, 4); // deflate
  entry.writeUInt16LE(0, 6); // 00:00:00
  entry.writeUInt16LE((1 << 5) | 1, 8); // 1980-01-01, the first day that a zip can name
  entry.writeUInt32LE(crc32(content), 10);
  entry.writeUInt32LE(packed.length, 14);
  entry.writeUInt32LE(content.length, 18);
  entry.writeUInt16LE(name.length, 22);

  const local = Buffer.concat([Buffer.from('PK\x03\x04'), entry, name, packed]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(0o100755 * 0x10000, 6); // a regular file, rwxr-xr-x
  const madeBy = Buffer.from([20, 3]); // by Unix, or the mode would not count
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, entry, attributes, name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
