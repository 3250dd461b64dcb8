/** What a client says of itself in LOGIN7 (MS-TDS 2.2.6.4). */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly application: string;
  readonly server: string;
  readonly database: string;
  readonly language: string;
}

/** Where the place and length of each text stand. */
const places = { user: 40, password: 44, application: 48, server: 52, language: 64, database: 68 };

export function parseLogin(data: Buffer): Login {
  const bytesAt = (place: number) => {
    const start = data.readUInt16LE(place);
    return Buffer.from(data.subarray(start, start + data.readUInt16LE(place + 2) * 2));
  };
  const textAt = (place: number) => bytesAt(place).toString('utf16le');
  return {
    user: textAt(places.user),
    password: disclosed(bytesAt(places.password)),
    application: textAt(places.application),
    server: textAt(places.server),
    database: textAt(places.database),
    language: textAt(places.language),
  };
}

/** A password is only obscured: the halves of each byte are swapped, then its bits turned by 0xA5. */
function disclosed(bytes: Buffer): string {
  const turned = bytes.map((byte) => byte ^ 0xa5);
  return Buffer.from(turned.map((byte) => ((byte << 4) | (byte >> 4)) & 0xff)).toString('utf16le');
}

const encryption = { token: 1, on: 1, notSupported: 2 };

/** The answer to PRELOGIN (MS-TDS 2.2.6.5): the version of SQL Server 2019, and whether all that follows is encrypted. */
export function preloginAnswer(encrypts: boolean): Buffer {
  const version = Buffer.from([15, 0, 0x07, 0xd0, 0, 0]);
  const options = Buffer.alloc(11);
  options.set([0, 0, options.length, 0, version.length], 0);
  options.set([encryption.token, 0, options.length + version.length, 0, 1], 5);
  options[10] = 0xff;
  return Buffer.concat([options, version, Buffer.from([encrypts ? encryption.on : encryption.notSupported])]);
}
