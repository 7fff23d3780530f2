import type { IssuePlace } from '../notify/message.ts';
import type { Clock, PolicySource, Store } from '../ports.ts';
import type { NotifyChannels } from './notify-channels.ts';

export interface NotifierDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  channels: NotifyChannels;
  place: IssuePlace;
  log(sentence: string): void;
}
