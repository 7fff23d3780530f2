import { investigatorProcess } from '../../src/run/investigator-process.ts';
import { hostInTest, orderInTest } from './order-in-test.ts';

// A process with an investigator in mid-run: the leave for its first request never comes.
const order = orderInTest();
const { host } = hostInTest(order, (one) => {
  process.stdout.write(`asked for ${one.key}\n`);
  return new Promise(() => undefined);
});
await investigatorProcess(process.env).run(order, host, new AbortController().signal);
