import { describe, expect, it } from 'vitest';
import { sentencesIn, sourceFiles } from './sentences.ts';

/** Files or folders whose sentences all stand in the message table. */
const moved = [
  'src/commands',
  'src/respond/authorize.ts',
  'src/respond/connectors/blocklist.ts',
  'src/respond/connectors/nftables.ts',
  'src/respond/connectors/nftables/open-place.ts',
  'src/respond/connectors/nftables/read-table.ts',
  'src/respond/blockable.ts',
  'src/github/to-forge-error.ts',
  'src/run/resources.ts',
  'src/run/apply-again.ts',
  'src/run/approvals.ts',
  'src/run/by-hand.ts',
  'src/run/command-answer.ts',
  'src/run/commander.ts',
  'src/run/end-emergency.ts',
  'src/run/executor.ts',
  'src/run/task-order.ts',
  'src/run/exposure.ts',
  'src/run/follow-policy.ts',
  'src/run/on-call.ts',
  'src/run/render-publication.ts',
  'src/run/shift-change.ts',
  'src/run/sweep.ts',
  'src/store/left-over.ts',
  'src/store/news.ts',
  'src/store/redact.ts',
  'src/correlate/correlate.ts',
  'src/investigate/ask-tool.ts',
  'src/investigate/compose.ts',
  'src/investigate/deterministic.ts',
  'src/investigate/gates/outward-gate.ts',
  'src/investigate/gates/report-gate.ts',
  'src/run/agent-host.ts',
  'src/run/save-run.ts',
  'src/run/planted-in.ts',
  'tools',
  'src/policy/banner.ts',
  'src/policy/changes.ts',
  'src/policy/check.ts',
  'src/policy/privacy-changes.ts',
  'src/policy/response-changes.ts',
  'src/policy/rights-changes.ts',
  'src/policy/room-changes.ts',
  'src/run/config-checks.ts',
  'src/run/config-setup.ts',
  'src/notify/message.ts',
  'src/publish',
];

/** What is not written for readers in those files, by path: texts that are no words of ours to them. */
const notWords: Record<string, string[]> = {
  // What whoever writes a policy is told.
  'src/respond/connectors/blocklist.ts': ['Name the list in', 'A list of addresses'],
  'src/respond/connectors/nftables.ts': ['Drops traffic from'],
  // What became of a webhook, for the operator.
  'src/run/by-hand.ts': ['closed by hand', 'reopened by hand', 'severity set by label', 'put back'],
  // A keyword of Mermaid.
  'src/publish/attack-path.ts': ['flowchart TD'],
  // The name of a license, and how rules write it.
  'src/publish/credit.ts': ['Detection Rule License', 'detection rule license'],
  // Names of labels.
  'src/publish/labels.ts': ['needs: '],
  // The name of a field that the source quotes.
  'src/publish/vulnerable-places.ts': ['fixed in'],
  // The ledger's; the join key's name, which the reader is told in words of its own.
  'src/correlate/correlate.ts': ['an alert shares'],
  'src/publish/join-reason.ts': ['rule and fields'],
  // A place in the config repository that a model is told.
  'src/investigate/deterministic.ts': ['(no playbook fits)'],
  // What a tool is for, as playbook writers and models read it.
  'tools/address-owner.ts': ['Who owns an address, offline'],
  'tools/entity-alerts.ts': ['Alerts of other incidents'],
  'tools/organization-context.ts': ['What the organization wrote'],
  'tools/raw-record.ts': ['The record of an alert'],
  'tools/similar-incidents.ts': ['Closed incidents that read'],
  // SQL that is put together.
  'src/store/redact.ts': ['select … from … where … order by …', 'from raw_record r where r.id in ('],
  // The check's name, by which branch rules ask for it; what a setting of the store holds.
  'src/run/config-checks.ts': ['Yagura policy'],
  'src/run/config-setup.ts': ['pull request …'],
};

describe('a sentence in the code', () => {
  it('is found by whoever looks for one', () => {
    const code = [
      "const a = 'Look at this now.';",
      "log('nobody reads this here');",
      'const b = `$' + '{a} is not decided`;',
    ].join('\n');
    expect(sentencesIn('x.ts', code)).toEqual(['1: Look at this now.', '3: … is not decided']);
  });

  it.each(moved)('%s has none: its words are in the message table', (place) => {
    const files = sourceFiles().filter(({ path }) => path === place || path.startsWith(`${place}/`));
    expect(files.length).toBeGreaterThan(0);
    for (const { path, text } of files) {
      const left = sentencesIn(path, text).filter(
        (found) => !(notWords[path] ?? []).some((known) => found.includes(known)),
      );
      expect(left, path).toEqual([]);
    }
  });
});
