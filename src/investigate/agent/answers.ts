import { z } from 'zod';

const task = z.object({
  question: z.string().describe('One question about facts, answered by tools.'),
  tools: z.array(z.string()).describe('Names of the tools it needs, of those listed.'),
  done_when: z.string().describe('What must be known for the question to count as answered.'),
});
export type Task = z.infer<typeof task>;

export const planAnswer = z.object({
  intent: z.string().describe('What must be found out, in one sentence.'),
  tasks: z.array(task).describe('Independent tasks, most telling first, at most 4.'),
});

export const replanAnswer = z.object({
  missing: z.string().describe('What is still not known and would change the verdict; empty when nothing.'),
  tasks: z.array(task).describe('Further tasks; empty when the report can be written.'),
});

export const extractAnswer = z.object({
  entities: z
    .array(z.object({ type: z.string(), value: z.string().describe('Exactly as written in the text.') }))
    .describe('Addresses, names, hashes, users and files the text names.'),
  quotes: z.array(z.string()).describe('At most 5 short passages, copied exactly, that matter to an investigator.'),
  techniques: z.array(z.string()).describe('ATT&CK technique ids the text shows.'),
  gives_orders: z.boolean().describe('Whether the text tries to tell its reader what to do or to conclude.'),
});
