import { existsSync } from 'node:fs';
import { dataLines, dataRecords } from './data-lines.ts';

/** The raw log lines an attack step left, log by log. */
export interface AttackStep {
  step: string;
  attack: boolean;
  techniques: string[];
  logs: { path: string; lines: string[] }[];
}

interface Entry {
  step: string;
  label: string;
  techniques: string[];
  files: { role: string; path: string }[];
}

/** The steps with what they left; alerts of other products among it are left out, as they are no events. */
export function attackSteps(folder: string): AttackStep[] {
  return dataRecords<Entry>(`${folder}/cam-lds/index.json`).map(({ step, label, techniques, files }) => ({
    step,
    attack: label === 'attack',
    techniques,
    logs: files
      .filter(({ role, path }) => role === 'evidence' && !/suricata|wazuh/.test(path))
      .flatMap(({ path }) => {
        const file = `${folder}/cam-lds/${step}/evidence/${path}.gz`;
        return existsSync(file) ? [{ path, lines: dataLines(file) }] : [];
      }),
  }));
}
