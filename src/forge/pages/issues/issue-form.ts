import { parse } from 'yaml';
import { z } from 'zod';
import type { Form } from '../form.ts';

/** Bytes of a form file; GitHub's own forms are a few kilobytes. */
const LONGEST_FORM = 65_536;

const Attributes = z.object({
  label: z.string().catch(''),
  description: z.string().catch(''),
  value: z.string().catch(''),
  placeholder: z.string().catch(''),
  options: z.array(z.union([z.string(), z.object({ label: z.string() })])).catch([]),
  multiple: z.boolean().catch(false),
});
const Element = z.object({
  type: z.enum(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']),
  id: z.string().optional(),
  attributes: Attributes,
  validations: z.object({ required: z.boolean().catch(false) }).catch({ required: false }),
});
const IssueFormFile = z.object({
  name: z.string(),
  description: z.string().catch(''),
  title: z.string().catch(''),
  labels: z.union([z.array(z.string()), z.string().transform((list) => list.split(/,\s*/))]).catch([]),
  body: z.array(z.unknown()),
});

export interface IssueFormField extends z.infer<typeof Element> {
  /** The posted field's name: `field-<id>`, or its number where it has no id. */
  field: string;
}
export interface IssueForm extends Omit<z.infer<typeof IssueFormFile>, 'body'> {
  fields: IssueFormField[];
}

/** Reads a file of `.github/ISSUE_TEMPLATE`; null when it is not a form. Elements of unknown types are left out. */
export function readIssueForm(text: string): IssueForm | null {
  if (text.length > LONGEST_FORM) return null;
  const file = IssueFormFile.safeParse(yamlOf(text));
  if (!file.success) return null;
  const elements = file.data.body.flatMap((one) => Element.safeParse(one).data ?? []);
  return { ...file.data, fields: elements.map((one, index) => ({ ...one, field: `field-${one.id ?? index}` })) };
}

function yamlOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 });
  } catch {
    return null;
  }
}

/** The body GitHub makes of the answers: a heading a question, `_No response_` where nothing was said. */
export function answersBody(form: IssueForm, posted: Form): string {
  const asked = form.fields.filter((field) => field.type !== 'markdown');
  return asked.map((field) => `### ${field.attributes.label}\n\n${answerOf(field, posted)}`).join('\n\n');
}

function answerOf(field: IssueFormField, posted: Form): string {
  if (field.type === 'checkboxes') {
    const ticked = posted.all(field.field);
    return optionsOf(field)
      .map((option) => `- [${ticked.includes(option) ? 'x' : ' '}] ${option}`)
      .join('\n');
  }
  return posted.all(field.field).join(', ').trim() || '_No response_';
}

/** The labels of a field's choices. */
export function optionsOf(field: IssueFormField): string[] {
  return field.attributes.options.map((option) => (typeof option === 'string' ? option : option.label));
}

/** The labels of required fields that were left empty. */
export function missingAnswers(form: IssueForm, posted: Form): string[] {
  const empty = form.fields.filter(
    (field) => field.validations.required && field.type !== 'markdown' && posted.text(field.field).trim() === '',
  );
  return empty.map((field) => field.attributes.label);
}
