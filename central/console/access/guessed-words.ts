/** Words of which passwords are made in this country and in this work, that lists of other countries lack; without accents. */
export const ownWords: readonly string[] = `
senha senhas senhasegura senhaforte minhasenha novasenha mudar mudei trocar troquei provisoria temporaria primeiroacesso
acesso acessar entrar sistema usuario admin administrador master padrao teste inicial login
guarita senappen depen sisdepen infopen sigo siapen central agente policial policia policiapenal penal presidio
penitenciaria cadeia prisao preso presos detento custodia cela justica juiz seguranca secretaria ministerio defensoria
brasil brasileiro brasilia governo govbr saopaulo riodejaneiro minas gerais bahia ceara paraiba pernambuco alagoas sergipe
maranhao piaui amazonas roraima rondonia tocantins amapa acre goias matogrosso parana santacatarina riogrande espiritosanto
corinthians flamengo palmeiras santos vasco gremio internacional cruzeiro atletico fluminense botafogo vitoria sport
nautico santacruz fortaleza coritiba chapecoense timao mengao verdao tricolor peixe colorado
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
segunda terca quarta quinta sexta sabado domingo verao inverno
deus deusefiel deuseamor jesus jesuscristo cristo maria amor amorzinho meuamor teamo familia felicidade saudade esperanca
princesa cachorro gatinho minhavida vidaloka
`
  .trim()
  .split(/\s+/);
