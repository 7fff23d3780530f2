import { messages } from './messages.ts';

/** What merging a commit would change of rooms, routes and accepted organizations; each goes on from "Merging this". */
export const roomChangeWords = messages({
  takesAll: {
    en: 'takes alerts of the whole installations of the issue and config repository again',
    ja: 'Issue リポジトリと設定リポジトリのインストール全体のアラートを再び受け付ける',
  },
  takesOnly: {
    en: (names: string) => `takes alerts of nobody but ${names}`,
    ja: (names: string) => `${names} のアラートだけを受け付ける`,
  },
  takesNoMore: {
    en: (names: string) => `takes no more alerts of ${names}`,
    ja: (names: string) => `${names} のアラートを受け付けなくなる`,
  },
  takes: {
    en: (names: string) => `takes alerts of ${names}`,
    ja: (names: string) => `${names} のアラートを受け付ける`,
  },
  removesRoom: {
    en: (room: string) => `removes the room ${room}: nothing is written or read there any more`,
    ja: (room: string) => `ルーム ${room} を削除する: 以後そこでは読み書きしない`,
  },
  addsRoom: { en: (room: string) => `adds the room ${room}`, ja: (room: string) => `ルーム ${room} を追加する` },
  addsRestricted: {
    en: (room: string) => `adds the restricted room ${room}`,
    ja: (room: string) => `限定ルーム ${room} を追加する`,
  },
  opens: {
    en: (room: string) => `opens the room ${room}: its incidents are no longer restricted`,
    ja: (room: string) => `ルーム ${room} の限定を解く: インシデントが限定されなくなる`,
  },
  restricts: { en: (room: string) => `restricts the room ${room}`, ja: (room: string) => `ルーム ${room} を限定する` },
  locale: {
    en: (room: string) => `changes language or time zone of the room ${room}`,
    ja: (room: string) => `ルーム ${room} の言語またはタイムゾーンを変える`,
  },
  removesRoute: {
    en: (route: string) => `removes the route ${route}`,
    ja: (route: string) => `ルート ${route} を削除する`,
  },
  addsRoute: { en: (route: string) => `adds the route ${route}`, ja: (route: string) => `ルート ${route} を追加する` },
  routeTo: {
    en: (room: string, because: string) => `to ${room} (${because})`,
    ja: (room: string, because: string) => `${room} 行き(${because})`,
  },
  routeOrder: {
    en: 'changes the order of the routes: the first that fits wins',
    ja: 'ルートの順番を変える: 最初に合うものが使われる',
  },
});
