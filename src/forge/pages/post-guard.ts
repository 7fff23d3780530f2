import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';
import { parseForm } from './form.ts';
import type { PageEnv } from './page-app.ts';
import { personToBe } from './people.ts';
import { isFormToken, rememberLogin, sessionOf } from './session.ts';

/** Bytes of a posted form: a body of 65,536 characters takes up to nine bytes each when encoded, a file more. */
const FORM_BYTES = 4_194_304;

/** Ends a post that is too large before it is read. */
export function limitForms(): MiddlewareHandler<PageEnv> {
  return bodyLimit({
    maxSize: FORM_BYTES,
    onError: () => {
      throw new Refusal(413, 'This form is larger than 4 MB. Shorten what you typed.');
    },
  });
}

/** Lets a post through only when it comes from a form of ours in this browser, then acts as the person it names. */
export function guardPosts(forge: ForgeState): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    if (c.req.method !== 'POST') return next();
    if (c.req.header('origin') !== `http://${c.req.header('host')?.toLowerCase()}`) {
      throw new Refusal(
        403,
        'This form was sent by another site, so nothing was done. Open the page here and try again.',
      );
    }
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
      throw new Refusal(415, 'Pages take plain forms only. Programs use the REST API under /api/v3.');
    }
    const form = parseForm(await c.req.text());
    if (!isFormToken(forge, sessionOf(c), form.text('token'))) {
      const hint = 'Go back, copy what you typed, reload the page and send it again.';
      throw new Refusal(403, `This form was not made for this browser session, so nothing was done. ${hint}`);
    }
    c.set('form', form);
    const person = personToBe(forge, form.text('as'));
    if (form.text('as') !== '' && !person) throw new Refusal(422, `There is no person ${form.text('as')} to act as.`);
    if (person) {
      rememberLogin(c, person.login);
      c.set('visit', { ...c.get('visit'), person });
    }
    return next();
  };
}
