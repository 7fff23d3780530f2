import { Client, type ClientConfig } from 'pg';

/** A client whose server may end first: whoever asks it something hears of that, nobody else does. */
export function quietClient(config?: string | ClientConfig): Client {
  const client = new Client(config);
  client.on('error', () => undefined);
  return client;
}
