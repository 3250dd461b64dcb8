import Type, { type Static } from 'typebox';
import { maxBuckets, maxLookupKeys } from '../sources/view-source.ts';
import { journalPattern } from './journal-mark.ts';

/** The JSON bodies and parameters on the wire. Unknown members of a body are ignored by the reader. */
export const agentSchema = Type.Object(
  {
    id: Type.String({ description: 'The agent, e.g. "AL".' }),
    uf: Type.String({ description: 'The state, two letters; BR is the federal prison system.' }),
    key: Type.String({ description: 'Thumbprint (RFC 7638) of the key that signs the responses.' }),
    certificateEnds: Type.String({ description: 'Last instant of the certificate of the agent, ISO 8601.' }),
    software: Type.String({ description: 'Version of the agent.' }),
    protocol: Type.Integer({ description: 'Version of the protocol that this answer is of.' }),
    protocols: Type.Array(Type.Integer(), {
      minItems: 1,
      description: 'All versions of the protocol that the agent speaks.',
    }),
    act: Type.Object(
      {
        number: Type.String({ description: 'Number of the agreement.' }),
        begin: Type.String({ description: 'First instant, ISO 8601.' }),
        end: Type.String({ description: 'Last instant, ISO 8601.' }),
        state: Type.Enum(['pending', 'active', 'suspended', 'ended', 'revoked'], {
          type: 'string',
          description: 'Nothing is served unless it is active.',
        }),
      },
      { description: 'The agreement under which the caller was granted access.' },
    ),
    clock: Type.String({ description: 'Clock of the agent, ISO 8601 in UTC.' }),
    databaseClock: Type.String({ description: 'Clock of the state database, ISO 8601 in UTC.' }),
    skewSeconds: Type.Number({ description: 'Database clock less agent clock, in seconds.' }),
    behindSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        description:
          'By how much the data may be older than the database clock: of a replica that is behind.',
      }),
    ),
  },
  { title: 'Agent' },
);
export type AgentMessage = Static<typeof agentSchema>;

export const viewsSchema = Type.Object(
  {
    views: Type.Array(
      Type.Object({
        name: Type.String(),
        columns: Type.Array(
          Type.Object({
            name: Type.String(),
            type: Type.String({ description: 'The type in the words of the state database.' }),
            nullable: Type.Boolean(),
          }),
        ),
        key: Type.Array(Type.String(), { description: 'Columns that identify a row, in order.' }),
        mode: Type.Enum(['watermark', 'snapshot', 'changelog'], {
          type: 'string',
          description: 'How changes are found: by a growing column, by digests, by a log.',
        }),
        watermark: Type.Union([Type.String(), Type.Null()], {
          description: 'Column that grows with each change, in mode watermark.',
        }),
        fingerprint: Type.String({ description: 'Changes with the shape of the view.' }),
        epoch: Type.String({ description: 'Changes with the history of the source.' }),
      }),
    ),
    broken: Type.Array(
      Type.Object({
        name: Type.String(),
        problem: Type.String({ description: 'Code of the problem, as in urn:guarita:problem:CODE.' }),
        detail: Type.String(),
      }),
      { description: 'Granted views that cannot be read, and why.' },
    ),
  },
  { title: 'Views' },
);
export type ViewsMessage = Static<typeof viewsSchema>;

export const rowsParamsSchema = Type.Object({ view: Type.String({ minLength: 1, maxLength: 63 }) });

/** What every request may say of the journal. */
const journalQuery = {
  journal: Type.Optional(
    Type.String({
      pattern: journalPattern,
      description:
        'The last entry of the journal of the agent that the caller holds: its number and its hash.',
    }),
  ),
};

/** Of a resource that asks for nothing else. */
export const plainQuerySchema = Type.Object(journalQuery);

export const rowsQuerySchema = Type.Object(
  {
    ...journalQuery,
    after: Type.Optional(
      Type.String({ maxLength: 16_384, pattern: '^[A-Za-z0-9_-]+$', description: 'Cursor.' }),
    ),
    until: Type.Optional(Type.String({ maxLength: 8192, description: 'Bound given by the first page.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Most rows wanted.' })),
  },
  { additionalProperties: false },
);

const bucketCount = Type.Integer({
  minimum: 1,
  maximum: maxBuckets,
  description: 'Number of buckets, a power of two.',
});

export const digestsQuerySchema = Type.Object(
  { ...journalQuery, buckets: bucketCount },
  { additionalProperties: false },
);

export const digestsSchema = Type.Object(
  {
    counts: Type.Array(Type.Integer({ minimum: 0 }), { description: 'Rows of each bucket.' }),
    digests: Type.Array(Type.String({ pattern: '^-?[0-9]{1,19}$' }), {
      description: 'Sum of the row digests of each bucket modulo 2^64, signed.',
    }),
    fingerprint: Type.String(),
    epoch: Type.String(),
  },
  { title: 'Digests' },
);
export type DigestsMessage = Static<typeof digestsSchema>;

export const listBodySchema = Type.Object(
  {
    buckets: bucketCount,
    wanted: Type.Array(Type.Integer({ minimum: 0, maximum: maxBuckets - 1 }), {
      minItems: 1,
      maxItems: maxBuckets,
      description: 'The buckets to list, ascending.',
    }),
  },
  { additionalProperties: false },
);

export const lookupBodySchema = Type.Object(
  {
    keys: Type.Array(
      Type.Array(Type.Union([Type.String({ maxLength: 8192 }), Type.Null()]), { minItems: 1, maxItems: 16 }),
      {
        minItems: 1,
        maxItems: maxLookupKeys,
        description:
          'Values of the key columns: the text of the database, null, or U+0000 and the hexadecimal of bytes.',
      },
    ),
  },
  { additionalProperties: false },
);

/** What central says of its keys, and what it holds of the agent's, to be told what changed. */
export const renewalBodySchema = Type.Object(
  {
    succession: Type.Union([Type.String({ maxLength: 16_384 }), Type.Null()], {
      description: 'Signed document: the key that signs this request names its successor.',
    }),
    accepts: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'Fingerprint of the newest certificate of the agent that central accepts.',
    }),
  },
  { additionalProperties: false },
);
export type RenewalBody = Static<typeof renewalBodySchema>;

export const renewalSchema = Type.Object(
  {
    grant: Type.String({
      description: 'The grant as the agreement stands now, for the newest key of central.',
    }),
    succession: Type.Union([Type.String(), Type.Null()], {
      description: 'Signed document: the key of the agent names its successor; null when none is on its way.',
    }),
  },
  { title: 'Renewal' },
);
export type RenewalMessage = Static<typeof renewalSchema>;

export const healthSchema = Type.Object({ status: Type.Literal('ok') }, { title: 'Health' });

/** A problem document (RFC 9457). */
export const problemSchema = Type.Object(
  {
    type: Type.String({ description: 'urn:guarita:problem:CODE' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    hint: Type.String({ description: 'What to do next.' }),
    instance: Type.Optional(Type.String({ description: 'The id under which the log has this request.' })),
    skewSeconds: Type.Optional(Type.Number({ description: 'By how much the signer is ahead of the agent.' })),
  },
  { title: 'Problem', additionalProperties: true },
);
export type ProblemMessage = Static<typeof problemSchema>;
export const problemMediaType = 'application/problem+json';
