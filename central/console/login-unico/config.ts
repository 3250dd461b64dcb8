import Type, { type Static } from 'typebox';
import { secretSchema } from '../../../shared/options/secrets.ts';
import type { Role } from '../access/roles.ts';

/** Plain HTTP only where nobody else can listen: a test. */
const address = (description: string) =>
  Type.String({
    pattern: '^(https://|http://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]|localhost)[:/])[^\\s#]+$',
    description,
  });

const level = (role: string, preset: number) =>
  Type.Integer({
    minimum: 1,
    maximum: 3,
    default: preset,
    description: `Nível mínimo da conta gov.br para o papel ${role}: 1 bronze, 2 prata, 3 ouro.`,
  });

/** Bronze is what somebody says of themselves: enough for none who sees people, or decides who does. */
const levels = {
  'cadastrador-estruturas': level('Cadastrador de Estruturas', 2),
  'cadastrador-vinculador': level('Cadastrador Vinculador', 2),
  'cadastrador-autorizador': level('Cadastrador Autorizador', 2),
  agente: level('Agente', 2),
  revisor: level('Revisor', 2),
  operador: level('Operador', 2),
  estatistico: level('Estatístico', 1),
  auditor: level('Auditor', 2),
} satisfies Record<Role, unknown>;

/**
 * Login Único: everything by hand, since its public guide names no discovery document. Nothing is preset, so that nobody
 * signs in at production by an oversight.
 */
export const loginUnicoSchema = Type.Object(
  {
    issuer: address(
      'Emissor, exatamente como vem nos tokens, com a barra no fim; na homologação, https://sso.staging.acesso.gov.br/.',
    ),
    authorizationEndpoint: address(
      'Aonde o navegador vai para entrar; na homologação, https://sso.staging.acesso.gov.br/authorize.',
    ),
    tokenEndpoint: address(
      'Onde o código é trocado; na homologação, https://sso.staging.acesso.gov.br/token.',
    ),
    keysEndpoint: address(
      'Chaves públicas das assinaturas; na homologação, https://sso.staging.acesso.gov.br/jwk.',
    ),
    userinfoEndpoint: address(
      'Dados da conta, perguntados quando o token não diz o nível; na homologação, https://sso.staging.acesso.gov.br/userinfo/.',
    ),
    logoutEndpoint: address(
      'Aonde o navegador vai para sair; na homologação, https://sso.staging.acesso.gov.br/logout. No cadastro, o retorno é ORIGEM/sair/govbr/pronto.',
    ),
    levelsEndpoint: Type.Optional(
      address(
        'API de confiabilidades, perguntada quando nem o token nem os dados da conta dizem o nível; na homologação, https://api.staging.acesso.gov.br/confiabilidades/v3.',
      ),
    ),
    clientId: Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\s:]+$',
      description: 'Identificação deste console no cadastro. Nele, o retorno é ORIGEM/entrar/govbr/retorno.',
    }),
    clientSecret: secretSchema,
    minimumLevels: Type.Object(levels, {
      additionalProperties: false,
      default: {},
      description: 'Nível mínimo da conta gov.br, por papel; quem tem vários papéis precisa do maior.',
    }),
    clockToleranceSeconds: Type.Integer({
      minimum: 0,
      maximum: 120,
      default: 10,
      description: 'Quanto o relógio desta máquina pode estar adiantado em relação ao do gov.br.',
    }),
    timeoutSeconds: Type.Integer({
      minimum: 1,
      maximum: 60,
      default: 10,
      description: 'Espera máxima por cada resposta do gov.br.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Entrada pelo Login Único (gov.br). Sem isto, só se entra com conta local.',
    examples: [
      {
        issuer: 'https://sso.acesso.gov.br/',
        authorizationEndpoint: 'https://sso.acesso.gov.br/authorize',
        tokenEndpoint: 'https://sso.acesso.gov.br/token',
        keysEndpoint: 'https://sso.acesso.gov.br/jwk',
        userinfoEndpoint: 'https://sso.acesso.gov.br/userinfo/',
        logoutEndpoint: 'https://sso.acesso.gov.br/logout',
        levelsEndpoint: 'https://api.acesso.gov.br/confiabilidades/v3',
        clientId: 'console.senappen.exemplo',
        clientSecret: { credential: 'login-unico' },
      },
    ],
  },
);

export type LoginUnicoConfig = Static<typeof loginUnicoSchema>;
