/**
 * What was begun by an address that nobody confirmed may go again, as it may be somebody's who never asked: of a request that
 * came any further each step stays.
 */
export const unconfirmedRequests = `
 DROP TRIGGER somente_acrescenta ON acesso.pedido_passo;
 CREATE TRIGGER somente_acrescenta BEFORE UPDATE OR TRUNCATE ON acesso.pedido_passo
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 CREATE FUNCTION acesso.so_sai_o_nao_confirmado() RETURNS trigger LANGUAGE plpgsql AS $$
 BEGIN
   IF EXISTS (SELECT FROM acesso.pedido_passo WHERE pedido = OLD.pedido AND passo NOT IN ('pedido', 'link')) THEN
     RAISE EXCEPTION 'acesso: append-only' USING ERRCODE = 'insufficient_privilege';
   END IF;
   RETURN OLD;
 END $$;
 CREATE TRIGGER so_sai_o_nao_confirmado BEFORE DELETE ON acesso.pedido_passo
   FOR EACH ROW EXECUTE FUNCTION acesso.so_sai_o_nao_confirmado();
 ALTER TABLE acesso.pedido_passo ENABLE ALWAYS TRIGGER somente_acrescenta, ENABLE ALWAYS TRIGGER so_sai_o_nao_confirmado;`;
