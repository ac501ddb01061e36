/**
 * Passkeys: a form that asks the browser for one before it is sent. The server has the last word; what is shown here is why it can't be
 * tried (no TLS, an old browser) and what came of the try.
 */
const missing = !isSecureContext ? 'insecure'
  : /^[\d.]+$|:/.test(location.hostname) ? 'address'
    : !('PublicKeyCredential' in globalThis) || !('parseCreationOptionsFromJSON' in PublicKeyCredential) ? 'none'
      : undefined;
let waiting: AbortController | undefined;

if (missing) for (const reason of document.querySelectorAll<HTMLElement>(`[data-passkey-${missing}]`)) reason.hidden = false;
for (const form of !missing ? document.querySelectorAll<HTMLFormElement>('form[data-passkey]') : []) {
  form.hidden = false;
  form.addEventListener('submit', event => {
    event.preventDefault();
    void ask(form);
  });
  if (form.dataset['passkey'] !== 'sign-in') continue;
  // One filled button a page: where passkeys work, it is theirs
  document.querySelector('form[action="/sign-in"] .primary')?.classList.remove('primary');
  void offer(form);
}

async function ask(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector('button');
  if (button?.getAttribute('aria-busy') === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  tell(undefined);
  try {
    await run(form);
  } catch (failed) {
    // Whoever closes the browser's question knows that they did
    if (!(failed instanceof DOMException) || failed.name !== 'NotAllowedError') tell(failed instanceof Refused ? failed.message : '');
  } finally {
    button?.removeAttribute('aria-busy');
  }
}

/** Asks for a passkey and sends the form with it. */
async function run(form: HTMLFormElement, mediation?: CredentialMediationRequirement): Promise<void> {
  const kind = form.dataset['passkey']!;
  // A page has one question open at a time: the field's offer gives way to the button
  waiting?.abort();
  const { signal } = waiting = new AbortController();
  const options = await optionsOf(kind, fieldsOf(form), signal);
  const credential = kind === 'sign-in'
    ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal, ...(mediation && { mediation }) })
    : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal });
  form.querySelector<HTMLInputElement>('input[name=credential]')!.value = JSON.stringify((credential as PublicKeyCredential).toJSON());
  form.submit();
}

// The browser lists passkeys under the field for the name, where it can: nobody has to remember that they have one
async function offer(form: HTMLFormElement): Promise<void> {
  try {
    if (await PublicKeyCredential.isConditionalMediationAvailable()) await run(form, 'conditional');
  } catch {
    // The button is there.
  }
}

async function optionsOf(kind: string, fields: Record<string, unknown>, signal: AbortSignal): Promise<never> {
  const answer = await fetch(`/api/passkeys/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields), signal });
  if (answer.status === 422) throw new Refused((await answer.json() as { message: string }).message);
  if (!answer.ok) throw new Error(String(answer.status));
  return await answer.json() as never;
}

/** What the server wants to know first: fields of the form, and of the page's other form where they are shared. */
function fieldsOf(form: HTMLFormElement): Record<string, unknown> {
  const shared = (form.dataset['fields'] ?? '').split(' ').map(id => document.getElementById(id));
  const inputs = [...form.querySelectorAll<HTMLInputElement>('[data-ask]'), ...shared].filter(input => input instanceof HTMLInputElement);
  return Object.fromEntries(inputs.map(input => [input.dataset['ask'] ?? input.id, input.type === 'checkbox' ? input.checked : input.value]));
}

/** Says what went wrong; an empty text what is usual, undefined nothing. */
function tell(message: string | undefined): void {
  const trouble = document.querySelector<HTMLElement>('[data-passkey-trouble]');
  if (!trouble) return;
  trouble.hidden = message === undefined;
  trouble.querySelector('.err > span')!.textContent = message || trouble.dataset['otherwise']!;
}

class Refused extends Error {}
