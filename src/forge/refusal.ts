/** One entry of the `errors` list GitHub adds to a 422. */
export interface FieldError {
  resource: string;
  field: string;
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  message?: string;
}

/**
 * An answer with a 4xx status. It is thrown, as Hono's own `HTTPException` is, because operations are called from
 * REST routes and from pages, and both must stop at the same point and say the same sentence.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;
  /** GitHub's `documentation_url`. */
  readonly page: string;

  constructor(
    status: number,
    message: string,
    options: { errors?: FieldError[]; headers?: Record<string, string>; page?: string } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.page = options.page ?? 'https://docs.github.com/rest';
  }
}

/** GitHub's 404, which it also gives to those who may not know that the thing exists. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** GitHub's 403 to a GitHub App that lacks a permission. */
export function notAccessible(): Refusal {
  return new Refusal(403, 'Resource not accessible by integration');
}

/** GitHub's 422 for one field. */
export function invalidField(resource: string, field: string, code: FieldError['code'], message?: string): Refusal {
  const error: FieldError = message === undefined ? { resource, field, code } : { resource, field, code, message };
  return new Refusal(422, 'Validation Failed', { errors: [error] });
}
