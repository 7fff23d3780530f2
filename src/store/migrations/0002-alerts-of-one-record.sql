-- One record may hold several alerts: a finding sent in a list, an event with a list of detections.
alter table alert_raw drop constraint alert_raw_pkey;
alter table alert_raw add primary key (raw_id, alert_id);
