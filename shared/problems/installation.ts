import type { Problem } from './problem.ts';

/** Putting the program on a machine, and exchanging it for a newer one. */
export const installationProblems = {
  'service-failed': {
    status: 500,
    retry: 'no',
    title: 'The service of the operating system could not be changed or started.',
    hint: 'The detail says what the system answered; of a service that does not start, "journalctl -u guarita-agent" has more.',
    pt: {
      title: 'O serviço do sistema operacional não pôde ser alterado ou iniciado.',
      hint: 'O detalhe diz o que o sistema respondeu; de um serviço que não inicia, "journalctl -u guarita-agent" traz mais.',
    },
  },
  'not-permitted': {
    status: 500,
    retry: 'no',
    title: 'This needs the rights of the administrator of the machine.',
    hint: 'Run it again with sudo (Linux) or as administrator (Windows).',
    pt: {
      title: 'Isto exige os direitos de administrador da máquina.',
      hint: 'Rode de novo com sudo (Linux) ou como administrador (Windows).',
    },
  },
  'state-of-another': {
    status: 500,
    retry: 'no',
    title: 'The state folder belongs to another user than the one who serves.',
    hint: 'Serve as that user: start the service ("systemctl start guarita-agent"), or run it by "sudo -u".',
    pt: {
      title: 'A pasta do agente é de outro usuário que não o que a atenderia.',
      hint: 'Atenda com aquele usuário: inicie o serviço ("systemctl start guarita-agent") ou use "sudo -u".',
    },
  },
  'state-unsafe': {
    status: 500,
    retry: 'no',
    title:
      'In the state folder lies what root must not touch: a link, a file of two names, or what was exchanged meanwhile.',
    hint: 'Nothing was handed over. Find out who put it there, remove it, and run the command again.',
    pt: {
      title:
        'Há na pasta do agente o que o root não deve tocar: um link, um arquivo de dois nomes ou algo trocado no caminho.',
      hint: 'Nada foi entregue. Apure quem o pôs ali, remova-o e rode o comando de novo.',
    },
  },
  'service-unsupported': {
    status: 500,
    retry: 'no',
    title: 'This machine has no system manager that the program can install itself into.',
    hint: 'It needs systemd 247 or newer. For Windows, docs/windows.md has the steps.',
    pt: {
      title: 'Esta máquina não tem um gerenciador de serviços em que o programa saiba se instalar.',
      hint: 'É preciso systemd 247 ou mais novo. No Windows, siga docs/windows.md.',
    },
  },
  'not-packaged': {
    status: 500,
    retry: 'no',
    title: 'There is no packaged program to be installed.',
    hint: 'Run "install" with the program that was downloaded, or name one with --binary.',
    pt: {
      title: 'Não há programa empacotado para instalar.',
      hint: 'Rode "install" com o programa baixado, ou cite-o com --binary.',
    },
  },
  'already-installed': {
    status: 500,
    retry: 'no',
    title: 'Another version of the program is installed already.',
    hint: 'Exchange it with "guarita-agent upgrade FILE", which checks the signature and can go back.',
    pt: {
      title: 'Outra versão do programa já está instalada.',
      hint: 'Troque-a com "guarita-agent upgrade ARQUIVO", que confere a assinatura e sabe voltar.',
    },
  },
  'not-installed': {
    status: 500,
    retry: 'no',
    title: 'The program is not installed on this machine.',
    hint: 'Run "guarita-agent install" first.',
    pt: {
      title: 'O programa não está instalado nesta máquina.',
      hint: 'Rode antes "guarita-agent install".',
    },
  },
  'upgrade-running': {
    status: 500,
    retry: 'later',
    title: 'Another upgrade is under way.',
    hint: 'Wait for it to end; it takes two minutes at most.',
    pt: {
      title: 'Outra atualização está em andamento.',
      hint: 'Aguarde que termine; leva no máximo dois minutos.',
    },
  },
  'release-unsigned': {
    status: 500,
    retry: 'no',
    title: 'The new version does not carry a signature of those who publish Guarita.',
    hint: 'Do not use it. Download file and signature anew from where it is published.',
    pt: {
      title: 'A nova versão não traz a assinatura de quem publica o Guarita.',
      hint: 'Não a use. Baixe de novo o arquivo e a assinatura de onde é publicado.',
    },
  },
  'release-unsuitable': {
    status: 500,
    retry: 'no',
    title: 'The file is signed, but not a newer version for this machine.',
    hint: 'Choose the file for this operating system, of a version above the present one.',
    pt: {
      title: 'O arquivo está assinado, mas não é uma versão mais nova para esta máquina.',
      hint: 'Escolha o arquivo deste sistema operacional, de versão acima da atual.',
    },
  },
  'upgrade-rolled-back': {
    status: 500,
    retry: 'no',
    title: 'The new version was not ready in time; the previous one runs again.',
    hint: 'Nothing is lost. Send what "guarita-agent support" writes to those who publish it.',
    pt: {
      title: 'A nova versão não ficou pronta a tempo; a anterior voltou a rodar.',
      hint: 'Nada se perdeu. Envie o que "guarita-agent support" grava a quem a publica.',
    },
  },
} as const satisfies Record<string, Problem>;
