/** Whose rule made an alert. The Detection Rule License asks that every message about a match names the author. */
export interface Attribution {
  /** Empty when the rule has none. */
  ruleId: string;
  title: string;
  /** As the rule names them. Untrusted text. */
  author?: string;
  /** As the rule states it, or what its collection is published under. Untrusted text. */
  license?: string;
  level?: string;
  tags: string[];
  /** Where it stands in the config repository: `detections/web-shell.yml:1`. */
  file: string;
  /** The same as a path on the forge, at the commit that was in force. */
  link?: string;
}

interface Named {
  name: string;
  value?: string;
  values?: string[];
}

/** How it stands in `finding_info` of an OCSF 1.8.0 finding, which has no attribute for authors and licenses. */
export function toFindingInfo(by: Attribution) {
  const one = (name: string, value: string | undefined): Named[] => (value === undefined ? [] : [{ name, value }]);
  const tags: Named[] = [
    ...one('rule author', by.author),
    ...one('rule license', by.license),
    ...one('rule level', by.level),
    ...one('rule file', by.file),
    ...one('rule link', by.link),
    ...(by.tags.length === 0 ? [] : [{ name: 'rule tags', values: by.tags }]),
  ];
  return { analytic: { type_id: 1, type: 'Rule', uid: by.ruleId, name: by.title }, tags };
}

/** What `toFindingInfo` wrote into a finding; undefined when no rule made it. */
export function fromFindingInfo(info: unknown): Attribution | undefined {
  const { analytic, tags } = (info ?? {}) as Partial<ReturnType<typeof toFindingInfo>>;
  const named = new Map((tags ?? []).map((tag) => [tag.name, tag]));
  const file = named.get('rule file')?.value;
  if (analytic === undefined || analytic === null || file === undefined) return undefined;
  const [author, license, level, link] = ['author', 'license', 'level', 'link'].map(
    (name) => named.get(`rule ${name}`)?.value,
  );
  return {
    ruleId: analytic.uid,
    title: analytic.name,
    ...(author === undefined ? {} : { author }),
    ...(license === undefined ? {} : { license }),
    ...(level === undefined ? {} : { level }),
    tags: named.get('rule tags')?.values ?? [],
    file,
    ...(link === undefined ? {} : { link }),
  };
}
