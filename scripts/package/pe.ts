/**
 * A Windows program without its signature (Authenticode): it holds for Node as it was, and a program whose signature
 * does not hold is worse received than one that has none. Offsets: "PE Format", optional header, data directories.
 */
export function withoutSignature(program: Buffer): Buffer {
  const header = program.readUInt32LE(0x3c);
  const optional = header + 24;
  if (
    program.toString('latin1', header, header + 4) !== 'PE\0\0' ||
    program.readUInt16LE(optional) !== 0x20b
  ) {
    throw new Error('not a 64-bit Windows program');
  }
  const certificates = optional + 112 + 4 * 8;
  const [offset, size] = [program.readUInt32LE(certificates), program.readUInt32LE(certificates + 4)];
  if (size === 0) return program;
  if (offset + size !== program.length) throw new Error('its signature is not at the end of the program');
  const bare = Buffer.from(program.subarray(0, offset));
  bare.fill(0, certificates, certificates + 8);
  return bare;
}
