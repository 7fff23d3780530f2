// OCSF 1.8.0.
// Made by scripts/ocsf-generate.ts from the Open Cybersecurity Schema Framework, not written by hand.
// Copyright © OCSF a Series of LF Projects, LLC. This project includes the ICD Schema developed by Symantec,
// a division of Broadcom. Licensed under the Apache License 2.0. Changed: names, numbers and types only,
// a part of the classes and objects, deprecated attributes left out.

import type {
  Actor,
  Api,
  Attack,
  Cloud,
  Compliance,
  DataSecurity,
  Device,
  Evidences,
  File,
  FindingInfo,
  Fingerprint,
  Group,
  Metadata,
  NetworkEndpoint,
  Observable,
  OpenObject,
  Remediation,
  ResourceDetails,
  Ticket,
  User,
  Vulnerability,
} from './objects.ts';

/** OCSF Detection Finding. */
export interface DetectionFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  anomaly_analyses?: OpenObject[];
  api?: Api;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2004;
  cloud?: Cloud;
  comment?: string;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  evidences?: Evidences[];
  finding_info: FindingInfo;
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  remediation?: Remediation;
  resources?: ResourceDetails[];
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id?: number;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
  vulnerabilities?: Vulnerability[];
}

/** OCSF Vulnerability Finding. */
export interface VulnerabilityFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  api?: Api;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2002;
  cloud?: Cloud;
  comment?: string;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  finding_info: FindingInfo;
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  resources?: ResourceDetails[];
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id?: number;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
  vulnerabilities: Vulnerability[];
}

/** OCSF Compliance Finding. */
export interface ComplianceFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  api?: Api;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2003;
  cloud?: Cloud;
  comment?: string;
  compliance: Compliance;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  evidences?: Evidences[];
  finding_info: FindingInfo;
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  remediation?: Remediation;
  resources?: ResourceDetails[];
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id?: number;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
}

/** OCSF Data Security Finding. */
export interface DataSecurityFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  api?: Api;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2006;
  cloud?: Cloud;
  comment?: string;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  data_security?: DataSecurity;
  database?: OpenObject;
  databucket?: OpenObject;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  dst_endpoint?: NetworkEndpoint;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  file?: File;
  finding_info: FindingInfo;
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  resources?: ResourceDetails[];
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_endpoint?: NetworkEndpoint;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id?: number;
  table?: OpenObject;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
}

/** OCSF Application Security Posture Finding. */
export interface ApplicationSecurityPostureFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  api?: Api;
  application?: OpenObject;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2007;
  cloud?: Cloud;
  comment?: string;
  compliance?: Compliance;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  finding_info: FindingInfo;
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  remediation?: Remediation;
  resources?: ResourceDetails[];
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id?: number;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
  vulnerabilities?: Vulnerability[];
}

/** OCSF Incident Finding. */
export interface IncidentFinding {
  action?: string;
  action_id?: number;
  activity_id: number;
  activity_name?: string;
  actor?: Actor;
  api?: Api;
  assignee?: User;
  assignee_group?: Group;
  attacks?: Attack[];
  authorizations?: OpenObject[];
  category_name?: string;
  category_uid: number;
  class_name?: string;
  class_uid: 2005;
  cloud?: Cloud;
  comment?: string;
  confidence?: string;
  confidence_id?: number;
  confidence_score?: number;
  count?: number;
  desc?: string;
  device?: Device;
  disposition?: string;
  disposition_id?: number;
  duration?: number;
  end_time?: number;
  enrichments?: OpenObject[];
  finding_info_list: FindingInfo[];
  firewall_rule?: OpenObject;
  impact?: string;
  impact_id?: number;
  impact_score?: number;
  is_alert?: boolean;
  is_suspected_breach?: boolean;
  malware?: OpenObject[];
  malware_scan_info?: OpenObject;
  message?: string;
  metadata: Metadata;
  observables?: Observable[];
  osint?: OpenObject[];
  policy?: OpenObject;
  priority?: string;
  priority_id?: number;
  raw_data?: string;
  raw_data_hash?: Fingerprint;
  raw_data_size?: number;
  risk_details?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  severity?: string;
  severity_id: number;
  src_url?: string;
  start_time?: number;
  status?: string;
  status_code?: string;
  status_detail?: string;
  status_id: number;
  tickets?: Ticket[];
  time: number;
  timezone_offset?: number;
  type_name?: string;
  type_uid: number;
  unmapped?: OpenObject;
  vendor_attributes?: OpenObject;
  verdict?: string;
  verdict_id?: number;
}

/** Any finding Yagura writes. */
export type OcsfFinding =
  | DetectionFinding
  | VulnerabilityFinding
  | ComplianceFinding
  | DataSecurityFinding
  | ApplicationSecurityPostureFinding
  | IncidentFinding;
