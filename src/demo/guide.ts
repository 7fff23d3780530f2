/** What a newcomer reads after start: where to look, as whom to comment, what to type. */
export function demoGuide(facts: {
  forgeUrl: string;
  appPort: number;
  sent: { accepted: number };
  seconds: number;
  dataDir: string;
  /** Whether a model investigates. */
  model: boolean;
}): string[] {
  const issues = `${facts.forgeUrl}/acme/soc/issues`;
  return [
    '',
    `Yagura runs (${facts.seconds.toFixed(1)} s). ${facts.sent.accepted === 2 ? 'The example alerts were here already.' : 'Example alerts are on their way.'}`,
    '',
    `  Incidents    ${issues}`,
    `  Policy       ${facts.forgeUrl}/acme/soc-config`,
    `  Send alerts  POST http://localhost:${facts.appPort}/ingest/<source>   (token in ${facts.dataDir}/ingest-token)`,
    '',
    '  Comment as   hana (analyst)   ken, mika (responders)   otto (outsider)',
    '  Type         /take   /block 203.0.113.50   /approve R1   /close fp <why>   /help',
    facts.model
      ? '  Ask          /ask who else saw this address?   /investigate <what to look at>   /stop'
      : '  With a model YAGURA_MODEL=scripted npm start, and type /ask who else saw this address?',
    '',
    'Ctrl-C stops all of it; the next start goes on where it was.',
  ];
}
