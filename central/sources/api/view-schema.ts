import Type, { type Static } from 'typebox';

/** What is declared of a view that an API gives. */
const strict = { additionalProperties: false } as const;
const column = Type.String({
  minLength: 1,
  maxLength: 63,
  pattern: '^[^_\\u0000-\\u001f][^\\u0000-\\u001f]*$',
});
const path = (description: string) =>
  Type.String({ minLength: 1, maxLength: 500, pattern: '^[^.]+(\\.[^.]+)*$', description });
const parameter = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });
const size = Type.Optional(
  Type.Object(
    {
      parameter: parameter('Parâmetro do tamanho da página.'),
      rows: Type.Integer({ minimum: 1, maximum: 100_000, description: 'Registros por página.' }),
    },
    { ...strict, description: 'Tamanho da página, se a API deixa pedir.' },
  ),
);
const more = Type.Optional(
  path('Membro que é true enquanto há outra página. Sem isto, a lista só acaba em uma página vazia.'),
);

const nextSchema = Type.Object(
  {
    none: Type.Optional(Type.Literal(true, { description: 'Uma resposta só traz tudo.' })),
    page: Type.Optional(
      Type.Object(
        {
          parameter: parameter('Parâmetro do número da página.'),
          first: Type.Integer({ minimum: 0, maximum: 1, default: 1, description: 'Número da primeira.' }),
          size,
          more,
          endStatus: Type.Optional(
            Type.Integer({
              minimum: 400,
              maximum: 499,
              description: 'Status com que a API responde depois da última página, se não for uma vazia.',
            }),
          ),
        },
        { ...strict, description: 'Páginas por número.' },
      ),
    ),
    offset: Type.Optional(
      Type.Object(
        { parameter: parameter('Parâmetro de quantos registros pular.'), size, more },
        { ...strict, description: 'Páginas por quantos registros pular.' },
      ),
    ),
    cursor: Type.Optional(
      Type.Object(
        {
          parameter: parameter('Parâmetro em que o cursor vai.'),
          path: path('Membro da resposta com o próximo cursor; nulo, vazio ou ausente: acabou.'),
          size,
        },
        { ...strict, description: 'Páginas por cursor.' },
      ),
    ),
    link: Type.Optional(
      Type.Literal(true, { description: 'Próxima página no cabeçalho Link, rel="next" (RFC 8288).' }),
    ),
    url: Type.Optional(
      Type.Object(
        { path: path('Membro da resposta com o endereço da próxima página; nulo ou ausente: acabou.') },
        { ...strict, description: 'Próxima página por um endereço na resposta.' },
      ),
    ),
  },
  {
    ...strict,
    description: 'Como se chega à próxima página: um só entre none, page, offset, cursor, link e url.',
    examples: [{ url: { path: 'next' } }],
  },
);

const totalSchema = Type.Object(
  {
    path: Type.Optional(path('Membro da resposta com o total de registros.')),
    header: Type.Optional(parameter('Cabeçalho da resposta com o total.')),
  },
  {
    ...strict,
    description: 'Total que a API anuncia: se não for o recebido, nada é dado por removido.',
    examples: [{ path: 'count' }],
  },
);

const target = Type.String({
  pattern: '^(/[^?#\\s]*)?$',
  description: 'Caminho, depois de "api.base".',
  examples: ['/custodiados'],
});

const listSchema = Type.Object(
  {
    path: target,
    parameters: Type.Optional(
      Type.Record(Type.String({ minLength: 1 }), Type.String(), {
        description: 'Parâmetros de todos os pedidos, por exemplo a ordem.',
        examples: [{ ordem: 'id' }],
      }),
    ),
    records: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        pattern: '^[^.]+(\\.[^.]+)*$',
        description: 'Membro da resposta com a lista de registros. Sem isto, a resposta é a própria lista.',
        examples: ['results'],
      }),
    ),
    next: nextSchema,
    total: Type.Optional(totalSchema),
  },
  { ...strict, description: 'A lista de todos os registros.' },
);

const sinceSchema = Type.Object(
  {
    parameter: parameter('Parâmetro de "mudados desde", em ISO 8601.'),
    overlap: Type.String({
      pattern: '^[1-9][0-9]{0,4}[hd]$',
      default: '24h',
      description: 'Quanto antes da última lista se recomeça, em horas ou dias.',
    }),
  },
  {
    ...strict,
    description: 'Só o que mudou, na coleta de cada dia; a conferência lista tudo.',
  },
);

const itemSchema = Type.Object(
  {
    path: Type.String({
      pattern: '^/[^?#\\s]*\\{[^{}\\s]+\\}[^?#\\s]*$',
      description: 'Caminho de um registro, com {coluna} da chave. 404 ou 410: não existe mais.',
      examples: ['/custodiados/{id}'],
    }),
  },
  { ...strict, description: 'Quem decide se um registro que faltou na lista foi removido.' },
);

const soapSchema = Type.Object(
  {
    operation: Type.String({
      pattern: '^[\\p{L}_][\\p{L}\\p{N}._-]*$',
      description: 'Elemento da operação; os parâmetros vão dentro dele, na ordem de "list.parameters".',
    }),
    namespace: Type.String({ minLength: 1, description: 'Espaço de nomes da operação e dos parâmetros.' }),
    action: Type.Optional(
      Type.String({ pattern: '^[^"\\s]*$', description: 'SOAPAction, se o serviço pede.' }),
    ),
  },
  {
    ...strict,
    description:
      'SOAP 1.1 em vez de JSON: "list.path" é o do serviço; os caminhos começam dentro de Body, sem prefixos.',
  },
);

export const apiViewSchema = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 63,
      pattern: '^[^/\\u0000-\\u001f]+$',
      description: 'Nome da visão, como no dicionário.',
      examples: ['custodiado'],
    }),
    key: Type.Array(column, {
      minItems: 1,
      maxItems: 16,
      description: 'Colunas que identificam a linha.',
      examples: [['id']],
    }),
    columns: Type.Record(column, path('Membro do registro, com pontos: pessoa.nome.'), {
      minProperties: 1,
      description: 'Cada coluna e o membro do registro de que vem, com pontos. Nenhuma é adivinhada.',
      examples: [{ nome: 'pessoa.nome', data_nascimento: 'pessoa.nascimento' }],
    }),
    list: listSchema,
    since: Type.Optional(sinceSchema),
    item: Type.Optional(itemSchema),
    soap: Type.Optional(soapSchema),
  },
  strict,
);

export type ApiView = Static<typeof apiViewSchema>;
export type NextConfig = Static<typeof nextSchema>;
export type SoapConfig = Static<typeof soapSchema>;
