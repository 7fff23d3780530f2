// OCSF 1.8.0.
// Made by scripts/ocsf-generate.ts from the Open Cybersecurity Schema Framework, not written by hand.
// Copyright © OCSF a Series of LF Projects, LLC. This project includes the ICD Schema developed by Symantec,
// a division of Broadcom. Licensed under the Apache License 2.0. Changed: names, numbers and types only,
// a part of the classes and objects, deprecated attributes left out.

/** An OCSF object whose attributes are not written out here. */
export type OpenObject = Record<string, unknown>;

/** OCSF Account. */
export interface Account {
  is_disabled?: boolean;
  is_locked?: boolean;
  is_on_premises_sync_enabled?: boolean;
  labels?: string[];
  name?: string;
  tags?: KeyValueObject[];
  type?: string;
  type_id?: number;
  uid?: string;
}

/** OCSF Actor. */
export interface Actor {
  app_name?: string;
  app_uid?: string;
  authorizations?: OpenObject[];
  idp?: OpenObject;
  process?: Process;
  session?: OpenObject;
  user?: User;
}

/** OCSF Advisory. */
export interface Advisory {
  avg_timespan?: OpenObject;
  bulletin?: string;
  classification?: string;
  created_time?: number;
  desc?: string;
  install_state?: string;
  install_state_id?: number;
  is_superseded?: boolean;
  modified_time?: number;
  os?: Os;
  product?: Product;
  references?: string[];
  related_cves?: Cve[];
  related_cwes?: Cwe[];
  size?: number;
  src_url?: string;
  title?: string;
  uid: string;
}

/** OCSF Affected Code. */
export interface AffectedCode {
  end_column?: number;
  end_line?: number;
  file: File;
  owner?: User;
  remediation?: Remediation;
  rule?: Rule;
  start_column?: number;
  start_line?: number;
}

/** OCSF Affected Software Package. */
export interface AffectedPackage {
  architecture?: string;
  cpe_name?: string;
  epoch?: number;
  fixed_in_version?: string;
  hash?: Fingerprint;
  license?: string;
  license_url?: string;
  name: string;
  package_manager?: string;
  package_manager_url?: string;
  path?: string;
  purl?: string;
  release?: string;
  remediation?: Remediation;
  src_url?: string;
  type?: string;
  type_id?: number;
  uid?: string;
  vendor_name?: string;
  version: string;
}

/** OCSF Analytic. */
export interface Analytic {
  algorithm?: string;
  category?: string;
  desc?: string;
  name?: string;
  state?: string;
  state_id?: number;
  type?: string;
  type_id: number;
  uid?: string;
  version?: string;
}

/** OCSF API. */
export interface Api {
  group?: Group;
  operation: string;
  request?: OpenObject;
  response?: OpenObject;
  service?: OpenObject;
  token?: OpenObject;
  version?: string;
}

/** OCSF MITRE ATT&CK® & ATLAS™. */
export interface Attack {
  mitigation?: OpenObject;
  sub_technique?: SubTechnique;
  tactic?: Tactic;
  technique?: Technique;
  version?: string;
}

/** OCSF Cloud. */
export interface Cloud {
  account?: Account;
  cloud_partition?: string;
  org?: Organization;
  provider: string;
  region?: string;
  zone?: string;
}

/** OCSF Compliance. */
export interface Compliance {
  assessments?: OpenObject[];
  category?: string;
  checks?: OpenObject[];
  control?: string;
  control_parameters?: KeyValueObject[];
  desc?: string;
  requirements?: string[];
  standards?: string[];
  status?: string;
  status_code?: string;
  status_details?: string[];
  status_id?: number;
}

/** OCSF Container. */
export interface Container {
  hash?: Fingerprint;
  image?: Image;
  labels?: string[];
  name?: string;
  network_driver?: string;
  orchestrator?: string;
  pod_uuid?: string;
  runtime?: string;
  size?: number;
  tags?: KeyValueObject[];
  uid?: string;
}

/** OCSF CVE. */
export interface Cve {
  created_time?: number;
  cvss?: Cvss[];
  desc?: string;
  epss?: OpenObject;
  modified_time?: number;
  product?: Product;
  references?: string[];
  related_cwes?: Cwe[];
  title?: string;
  type?: string;
  uid: string;
}

/** OCSF CVSS Score. */
export interface Cvss {
  base_score: number;
  depth?: string;
  metrics?: OpenObject[];
  overall_score?: number;
  severity?: string;
  src_url?: string;
  vector_string?: string;
  vendor_name?: string;
  version: string;
}

/** OCSF CWE. */
export interface Cwe {
  caption?: string;
  src_url?: string;
  uid: string;
}

/** OCSF Data Security. */
export interface DataSecurity {
  category?: string;
  category_id?: number;
  classifier_details?: OpenObject;
  confidentiality?: string;
  confidentiality_id?: number;
  data_lifecycle_state?: string;
  data_lifecycle_state_id?: number;
  detection_pattern?: string;
  detection_system?: string;
  detection_system_id?: number;
  discovery_details?: OpenObject[];
  pattern_match?: string;
  policy?: OpenObject;
  size?: number;
  src_url?: string;
  status?: string;
  status_details?: string[];
  status_id?: number;
  total?: number;
  uid?: string;
}

/** OCSF Device. */
export interface Device {
  agent_list?: OpenObject[];
  autoscale_uid?: string;
  boot_time?: number;
  boot_uid?: string;
  container?: Container;
  created_time?: number;
  desc?: string;
  domain?: string;
  eid?: string;
  first_seen_time?: number;
  groups?: Group[];
  hostname?: string;
  hw_info?: OpenObject;
  hypervisor?: string;
  iccid?: string;
  image?: Image;
  imei_list?: string[];
  instance_uid?: string;
  interface_name?: string;
  interface_uid?: string;
  ip?: string;
  is_backed_up?: boolean;
  is_compliant?: boolean;
  is_managed?: boolean;
  is_mobile_account_active?: boolean;
  is_personal?: boolean;
  is_shared?: boolean;
  is_supervised?: boolean;
  is_trusted?: boolean;
  last_seen_time?: number;
  location?: OpenObject;
  mac?: string;
  mac_vendor?: string;
  meid?: string;
  model?: string;
  modified_time?: number;
  name?: string;
  namespace_pid?: number;
  network_interfaces?: OpenObject[];
  org?: Organization;
  os?: Os;
  os_machine_uuid?: string;
  owner?: User;
  pool?: Group;
  region?: string;
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  subnet?: string;
  subnet_uid?: string;
  type?: string;
  type_id: number;
  udid?: string;
  uid?: string;
  uid_alt?: string;
  vendor_name?: string;
  vlan_uid?: string;
  vpc_uid?: string;
  zone?: string;
}

/** OCSF DNS Query. */
export interface DnsQuery {
  class?: string;
  hostname: string;
  opcode?: string;
  opcode_id?: number;
  packet_uid?: number;
  type?: string;
}

/** OCSF Email. */
export interface Email {
  cc?: string[];
  cc_mailboxes?: string[];
  data_classifications?: OpenObject[];
  delivered_to_list?: string[];
  files?: File[];
  from?: string;
  from_list?: string[];
  from_mailbox?: string;
  from_mailboxes?: string[];
  http_headers?: OpenObject[];
  is_read?: boolean;
  message_uid?: string;
  raw_header?: string;
  reply_to_list?: string[];
  reply_to_mailboxes?: string[];
  return_path?: string;
  sender?: string;
  sender_mailbox?: string;
  size?: number;
  subject?: string;
  to?: string[];
  to_mailboxes?: string[];
  uid?: string;
  urls?: Url[];
  x_originating_ip?: string[];
}

/** OCSF Evidence Artifacts. */
export interface Evidences {
  actor?: Actor;
  api?: Api;
  connection_info?: NetworkConnectionInfo;
  container?: Container;
  data?: unknown;
  database?: OpenObject;
  databucket?: OpenObject;
  device?: Device;
  dst_endpoint?: NetworkEndpoint;
  email?: Email;
  file?: File;
  http_request?: OpenObject;
  http_response?: OpenObject;
  ja4_fingerprint_list?: OpenObject[];
  job?: OpenObject;
  name?: string;
  process?: Process;
  query?: DnsQuery;
  resources?: ResourceDetails[];
  script?: OpenObject;
  src_endpoint?: NetworkEndpoint;
  tls?: OpenObject;
  uid?: string;
  url?: Url;
  user?: User;
  verdict?: string;
  verdict_id?: number;
}

/** OCSF File. */
export interface File {
  accessed_time?: number;
  accessor?: User;
  attributes?: number;
  company_name?: string;
  confidentiality?: string;
  confidentiality_id?: number;
  created_time?: number;
  creator?: User;
  data_classifications?: OpenObject[];
  desc?: string;
  drive_type?: string;
  drive_type_id?: number;
  encryption_details?: OpenObject;
  ext?: string;
  hashes?: Fingerprint[];
  imported_symbols?: string[];
  internal_name?: string;
  is_deleted?: boolean;
  is_encrypted?: boolean;
  is_public?: boolean;
  is_readonly?: boolean;
  is_system?: boolean;
  mime_type?: string;
  modified_time?: number;
  modifier?: User;
  name: string;
  owner?: User;
  parent_folder?: string;
  path?: string;
  product?: Product;
  security_descriptor?: string;
  signatures?: OpenObject[];
  size?: number;
  storage_class?: string;
  tags?: KeyValueObject[];
  type?: string;
  type_id: number;
  uid?: string;
  uri?: string;
  url?: Url;
  version?: string;
  volume?: string;
  xattributes?: OpenObject;
}

/** OCSF Finding Information. */
export interface FindingInfo {
  analytic?: Analytic;
  attack_graph?: OpenObject;
  attacks?: Attack[];
  created_time?: number;
  data_sources?: string[];
  desc?: string;
  first_seen_time?: number;
  kill_chain?: OpenObject[];
  last_seen_time?: number;
  modified_time?: number;
  product?: Product;
  related_analytics?: Analytic[];
  related_events?: OpenObject[];
  related_events_count?: number;
  src_url?: string;
  tags?: KeyValueObject[];
  title?: string;
  traits?: OpenObject[];
  types?: string[];
  uid: string;
  uid_alt?: string;
}

/** OCSF Fingerprint. */
export interface Fingerprint {
  algorithm?: string;
  algorithm_id: number;
  value: string;
}

/** OCSF Group. */
export interface Group {
  desc?: string;
  domain?: string;
  name?: string;
  privileges?: string[];
  type?: string;
  uid?: string;
  uid_alt?: string;
}

/** OCSF Image. */
export interface Image {
  labels?: string[];
  name?: string;
  path?: string;
  tags?: KeyValueObject[];
  uid: string;
}

/** OCSF Key:Value object. */
export interface KeyValueObject {
  name: string;
  value?: string;
  values?: string[];
}

/** OCSF Metadata. */
export interface Metadata {
  correlation_uid?: string;
  data_classifications?: OpenObject[];
  debug?: string[];
  event_code?: string;
  extensions?: OpenObject[];
  is_truncated?: boolean;
  labels?: string[];
  log_format?: string;
  log_level?: string;
  log_name?: string;
  log_provider?: string;
  log_source?: string;
  log_version?: string;
  logged_time?: number;
  loggers?: OpenObject[];
  modified_time?: number;
  original_event_uid?: string;
  original_time?: string;
  processed_time?: number;
  product: Product;
  profiles?: string[];
  reporter?: OpenObject;
  sequence?: number;
  source?: string;
  tags?: KeyValueObject[];
  tenant_uid?: string;
  total_queued_duration?: OpenObject;
  transformation_info_list?: OpenObject[];
  transmit_time?: number;
  type?: string;
  uid?: string;
  untruncated_size?: number;
  version: string;
}

/** OCSF Network Connection Information. */
export interface NetworkConnectionInfo {
  boundary?: string;
  boundary_id?: number;
  community_uid?: string;
  direction?: string;
  direction_id: number;
  flag_history?: string;
  protocol_name?: string;
  protocol_num?: number;
  protocol_ver?: string;
  protocol_ver_id?: number;
  session?: OpenObject;
  tcp_flags?: number;
  uid?: string;
}

/** OCSF Network Endpoint. */
export interface NetworkEndpoint {
  agent_list?: OpenObject[];
  autonomous_system?: OpenObject;
  container?: Container;
  domain?: string;
  fingerprints?: Fingerprint[];
  hostname?: string;
  hw_info?: OpenObject;
  instance_uid?: string;
  interface_name?: string;
  interface_uid?: string;
  intermediate_ips?: string[];
  ip?: string;
  isp?: string;
  isp_org?: string;
  location?: OpenObject;
  mac?: string;
  mac_vendor?: string;
  name?: string;
  namespace_pid?: number;
  network_scope?: string;
  network_scope_id?: number;
  os?: Os;
  owner?: User;
  pool?: Group;
  port?: number;
  proxy_endpoint?: OpenObject;
  subnet_uid?: string;
  svc_name?: string;
  type?: string;
  type_id?: number;
  uid?: string;
  vlan_uid?: string;
  vpc_uid?: string;
  zone?: string;
}

/** OCSF Observable. */
export interface Observable {
  event_uid?: string;
  name?: string;
  reputation?: OpenObject;
  type?: string;
  type_id: number;
  type_uid?: number;
  value?: string;
}

/** OCSF Organization. */
export interface Organization {
  name?: string;
  ou_name?: string;
  ou_uid?: string;
  uid?: string;
}

/** OCSF Operating System (OS). */
export interface Os {
  build?: string;
  country?: string;
  cpe_name?: string;
  cpu_bits?: number;
  edition?: string;
  kernel_release?: string;
  lang?: string;
  name: string;
  sp_name?: string;
  sp_ver?: number;
  type?: string;
  type_id: number;
  version?: string;
}

/** OCSF Process. */
export interface Process {
  ancestry?: OpenObject[];
  cmd_line?: string;
  container?: Container;
  cpid?: string;
  created_time?: number;
  environment_variables?: OpenObject[];
  file?: File;
  integrity?: string;
  integrity_id?: number;
  loaded_modules?: string[];
  name?: string;
  namespace_pid?: number;
  parent_process?: Process;
  path?: string;
  pid?: number;
  ptid?: number;
  sandbox?: string;
  session?: OpenObject;
  terminated_time?: number;
  uid?: string;
  user?: User;
  working_directory?: string;
  xattributes?: OpenObject;
}

/** OCSF Product. */
export interface Product {
  cpe_name?: string;
  data_classifications?: OpenObject[];
  feature?: OpenObject;
  lang?: string;
  name?: string;
  path?: string;
  uid?: string;
  url_string?: string;
  vendor_name?: string;
  version?: string;
}

/** OCSF Remediation. */
export interface Remediation {
  cis_controls?: OpenObject[];
  desc: string;
  kb_article_list?: OpenObject[];
  references?: string[];
}

/** OCSF Resource Details. */
export interface ResourceDetails {
  agent_list?: OpenObject[];
  cloud_partition?: string;
  created_time?: number;
  criticality?: string;
  data?: unknown;
  data_classifications?: OpenObject[];
  group?: Group;
  hostname?: string;
  ip?: string;
  is_backed_up?: boolean;
  labels?: string[];
  modified_time?: number;
  name?: string;
  namespace?: string;
  owner?: User;
  provider?: string;
  region?: string;
  resource_relationship?: OpenObject;
  role?: string;
  role_id?: number;
  tags?: KeyValueObject[];
  type?: string;
  uid?: string;
  uid_alt?: string;
  version?: string;
  zone?: string;
}

/** OCSF Rule. */
export interface Rule {
  category?: string;
  desc?: string;
  name?: string;
  type?: string;
  uid?: string;
  version?: string;
}

/** OCSF MITRE Sub-technique. */
export interface SubTechnique {
  name?: string;
  src_url?: string;
  uid?: string;
}

/** OCSF MITRE Tactic. */
export interface Tactic {
  name?: string;
  src_url?: string;
  uid?: string;
}

/** OCSF MITRE Technique. */
export interface Technique {
  name?: string;
  src_url?: string;
  uid?: string;
}

/** OCSF Ticket. */
export interface Ticket {
  src_url?: string;
  status?: string;
  status_details?: string[];
  status_id?: number;
  title?: string;
  type?: string;
  type_id?: number;
  uid?: string;
}

/** OCSF Uniform Resource Locator. */
export interface Url {
  categories?: string[];
  category_ids?: number[];
  domain?: string;
  hostname?: string;
  path?: string;
  port?: number;
  query_string?: string;
  resource_type?: string;
  scheme?: string;
  subdomain?: string;
  url_string?: string;
}

/** OCSF User. */
export interface User {
  account?: Account;
  display_name?: string;
  domain?: string;
  email_addr?: string;
  forward_addr?: string;
  full_name?: string;
  groups?: Group[];
  has_mfa?: boolean;
  ldap_person?: OpenObject;
  name?: string;
  org?: Organization;
  phone_number?: string;
  programmatic_credentials?: OpenObject[];
  risk_level?: string;
  risk_level_id?: number;
  risk_score?: number;
  type?: string;
  type_id?: number;
  uid?: string;
  uid_alt?: string;
}

/** OCSF Vulnerability Details. */
export interface Vulnerability {
  advisory?: Advisory;
  affected_code?: AffectedCode[];
  affected_packages?: AffectedPackage[];
  category?: string;
  cve?: Cve;
  cwe?: Cwe;
  dependency_chain?: string;
  desc?: string;
  exploit_last_seen_time?: number;
  exploit_ref_url?: string;
  exploit_requirement?: string;
  exploit_type?: string;
  first_seen_time?: number;
  fix_coverage?: string;
  fix_coverage_id?: number;
  is_exploit_available?: boolean;
  is_fix_available?: boolean;
  last_seen_time?: number;
  references?: string[];
  related_vulnerabilities?: string[];
  remediation?: Remediation;
  severity?: string;
  title?: string;
  vendor_name?: string;
}
