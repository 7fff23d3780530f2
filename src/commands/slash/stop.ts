import { stopRuns } from '../../store/investigations.ts';
import { type Command, refused } from '../command.ts';

export const stop: Command = {
  name: 'stop',
  usage: '/stop',
  summary: "stop the model's investigation; what it has found by then is reported",
  right: 'analyst',
  async run({ tx, incident, now, author }) {
    const stopped = await stopRuns(tx, incident.id, now);
    if (stopped === 0) return refused('stop', 'no model is at work here');
    return {
      state: 'done',
      understood: 'stop the model',
      answer: 'it begins nothing more; what it has found will stand in the issue above',
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { stop: true, by: author } }],
    };
  },
};
