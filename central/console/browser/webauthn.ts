/**
 * Security keys: a form that asks for one (see `second-factor/key-form.ts`) has the browser ask for it, and sends what that
 * answers in a field of its own. By hand, since the browsers of old computers have no methods for it.
 */
export function useSecurityKeys(): void {
  if (window.PublicKeyCredential === undefined || !window.isSecureContext) return;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-chave]')) {
    for (const text of form.querySelectorAll<HTMLElement>('[data-sem-chave]')) text.hidden = true;
    for (const part of form.querySelectorAll<HTMLElement>('[data-com-chave]')) part.hidden = false;
    let isAsking = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (isAsking) return;
      isAsking = true;
      showFault(form, false);
      answerTo(form).then(
        (answer) => {
          fieldOf(form).value = JSON.stringify(answer);
          form.submit();
        },
        () => {
          isAsking = false;
          showFault(form, true);
        },
      );
    });
    // Whoever comes back to a page that the browser has kept asks again.
    window.addEventListener('pageshow', () => {
      isAsking = false;
    });
  }
}

function fieldOf(form: HTMLFormElement): HTMLInputElement {
  return form.elements.namedItem('resposta') as HTMLInputElement;
}

function showFault(form: HTMLFormElement, isShown: boolean): void {
  const fault = form.querySelector<HTMLElement>('[data-erro-chave]');
  if (fault !== null) fault.hidden = !isShown;
}

function answerTo(form: HTMLFormElement): Promise<object> {
  const options: unknown = JSON.parse(form.dataset['opcoes'] ?? '{}');
  return form.dataset['chave'] === 'create'
    ? create(options as CreationOptions)
    : get(options as RequestOptions);
}

interface Described {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: AuthenticatorTransport[];
}

/** Options as the page has them: bytes as base64url. */
type CreationOptions = Omit<
  PublicKeyCredentialCreationOptions,
  'challenge' | 'user' | 'excludeCredentials'
> & {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Described[];
};

type RequestOptions = Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & {
  readonly challenge: string;
  readonly allowCredentials?: readonly Described[];
};

async function create(options: CreationOptions): Promise<object> {
  const { challenge, user, excludeCredentials = [] } = options;
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(challenge),
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: excludeCredentials.map(described),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...{ id: made.id, rawId: textOf(made.rawId), type: made.type },
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      // Not there in browsers of some years ago.
      transports: (response as Partial<AuthenticatorAttestationResponse>).getTransports?.call(response) ?? [],
    },
  };
}

async function get(options: RequestOptions): Promise<object> {
  const { challenge, allowCredentials = [] } = options;
  const shown = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(challenge),
      allowCredentials: allowCredentials.map(described),
    },
  })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    ...{ id: shown.id, rawId: textOf(shown.rawId), type: shown.type },
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
    },
  };
}

function described({ id, ...rest }: Described): PublicKeyCredentialDescriptor {
  return { ...rest, id: bytesOf(id) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
