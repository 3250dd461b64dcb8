import { quoteName, quoteText } from '../names.ts';
import { defaultKinds } from './console-role-latent.ts';

/** The console's role, where no other name is said. */
export const consoleRole = 'guarita_console';

export type WriteRight = 'INSERT' | 'UPDATE' | 'DELETE';

const added: readonly WriteRight[] = ['INSERT'];
/** A row stays, whatever becomes of it: that it ended is written into it. */
const kept: readonly WriteRight[] = ['INSERT', 'UPDATE'];
/** A row is of use for a while, and nobody is to know of it afterwards. */
const passing: readonly WriteRight[] = ['INSERT', 'UPDATE', 'DELETE'];
const readOnly: readonly WriteRight[] = [];

/**
 * What the console may do besides reading, a line for each table of `acesso` and `decidido`: the one place that says so.
 * The script for the DBA and the proof at the start are made of it; what has no line is not written to.
 */
export const consoleRights: Readonly<Record<string, readonly WriteRight[]>> = {
  'acesso.ajuda_pedida': added,
  'acesso.alarme': kept,
  'acesso.auditoria': added,
  // Signed by central's key, which the console does not have.
  'acesso.auditoria_dia': readOnly,
  'acesso.autoridade': kept,
  // Which letter, and about what; serve writes it, and what it carries is never here.
  'acesso.carta_pedida': added,
  'acesso.caso': added,
  // Which key is the right one is changed at central's terminal alone.
  'acesso.chave': added,
  'acesso.colecao': kept,
  'acesso.colecao_estrutura': kept,
  'acesso.concessao': kept,
  'acesso.concessao_proposta': kept,
  'acesso.desafio': passing,
  'acesso.emergencia': kept,
  'acesso.estrutura': kept,
  'acesso.estrutura_historia': added,
  'acesso.fator': kept,
  'acesso.lotacao': kept,
  'acesso.navegador': passing,
  'acesso.orgao': kept,
  'acesso.papel': kept,
  'acesso.pedido': kept,
  'acesso.pedido_autoridade': added,
  // Made by serve, which alone knows what they are the digests of.
  'acesso.pedido_link': readOnly,
  'acesso.pedido_link_usado': added,
  'acesso.pedido_passo': added,
  'acesso.pessoa': kept,
  'acesso.recertificacao': added,
  'acesso.senha': kept,
  'acesso.sessao': kept,
  'acesso.tentativa': passing,
  'acesso.uso': kept,
  // The list is kept by a command of central's: no page changes it.
  'acesso.vigiado': readOnly,
  'acesso.voto': kept,
  'decidido.de_para': added,
  // To forget takes rows out of all schemas, and to adopt a model is done at central: both by its commands.
  'decidido.esquecido': readOnly,
  'decidido.esquecimento': readOnly,
  'decidido.modelo': readOnly,
  'decidido.modelo_adotado': readOnly,
  'decidido.resposta': added,
  'decidido.vinculo': added,
};

/** Schemas that the console reads, as a condition on `pg_namespace.nspname`; those of sources come with each state. */
export const readSchemas = `(nspname IN ('acesso', 'decidido', 'guarita', 'nacional') OR nspname LIKE 'fonte\\_%')`;

/** And one that it does not: letters may hold a link that lets somebody in. */
export const unreadSchemas = `(nspname = 'correio')`;

/**
 * Statements that make the role or bring it to what it should be, whatever it was before; their comments are for the DBA,
 * in Portuguese. Of a migrated base, by whoever owns it or a superuser.
 * @param logsIn on a server; in process a role is taken on, and has no login
 */
export function consoleRoleStatements(role: string, { logsIn }: { readonly logsIn: boolean }): string {
  const [name, text] = [quoteName(role), quoteText(role)];
  const writes = Object.entries(consoleRights).filter(([, rights]) => rights.length > 0);
  return `-- O usuário, sem nenhum poder além do que segue.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${text}) THEN CREATE ROLE ${name}; END IF;
END $$;
ALTER ROLE ${name} ${logsIn ? 'LOGIN' : 'NOLOGIN'} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Numa base que veio de um PostgreSQL antigo, qualquer usuário pode criar tabelas em "public".
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- E, em qualquer versão, tabelas temporárias. Quem precisar delas as recebe de volta por nome.
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

-- Tira o que ele tiver e dá só a leitura: do que há, e do que vier (novos estados, novas tabelas).
DO $$
DECLARE
  quem CONSTANT name := ${text};
  esquema name;
  dono name;
  coisa text;
  onde text;
BEGIN
  EXECUTE format('REVOKE ALL ON SCHEMA public FROM %I', quem);
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), quem);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), quem);
  FOR coisa IN SELECT DISTINCT parname FROM pg_parameter_acl, aclexplode(paracl) WHERE grantee = to_regrole(quote_ident(quem)) LOOP
    EXECUTE format('REVOKE ALL ON PARAMETER %I FROM %I', coisa, quem);
  END LOOP;
  FOR coisa IN SELECT DISTINCT pg_proc.oid::regprocedure FROM pg_proc, aclexplode(proacl) WHERE grantee = to_regrole(quote_ident(quem)) LOOP
    EXECUTE format('REVOKE ALL ON ROUTINE %s FROM %I', coisa, quem);
  END LOOP;
  FOR esquema IN SELECT nspname FROM pg_namespace WHERE ${readSchemas} LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I CASCADE', esquema, quem);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I CASCADE', esquema, quem);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM %I CASCADE', esquema, quem);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', esquema, quem);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', esquema, quem);
  END LOOP;
  FOR esquema IN SELECT nspname FROM pg_namespace WHERE ${unreadSchemas} LOOP
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I CASCADE', esquema, quem);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I CASCADE', esquema, quem);
  END LOOP;
  FOR dono, onde, coisa IN
    SELECT DISTINCT pg_get_userbyid(defaclrole), coalesce('IN SCHEMA ' || nullif(defaclnamespace, 0)::regnamespace, ''), ${defaultKinds}
      FROM pg_default_acl, aclexplode(defaclacl) WHERE grantee = to_regrole(quote_ident(quem)) LOOP
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %s REVOKE ALL ON %s FROM %I CASCADE', dono, onde, coisa, quem);
  END LOOP;
  FOR dono IN SELECT DISTINCT pg_get_userbyid(nspowner) FROM pg_namespace WHERE ${readSchemas} LOOP
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE ON SCHEMAS TO %I', dono, quem);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON TABLES TO %I', dono, quem);
  END LOOP;
END $$;

-- Grava só aqui. A auditoria e o que as pessoas decidem só crescem: nada ali se muda nem se apaga.
${writes.map(([table, rights]) => `GRANT ${rights.join(', ')} ON ${table} TO ${name};`).join('\n')}`;
}
