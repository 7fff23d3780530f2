import type { IssuePlace } from '../notify/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import type { NotifyChannels } from './notify-channels.ts';

export interface NotifierDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  channels: NotifyChannels;
  place: IssuePlace;
  log(sentence: string): void;
}
