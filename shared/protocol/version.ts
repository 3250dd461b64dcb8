/** Version of the protocol. `test/protocol/wire.test.ts` hashes the wire schemas: a change of theirs changes it. */
export const protocolVersion = 1;
