-- The inventory is held against the policy once a day, a page at a time.
create index incident_inventory on incident (id) where stands = 'inventory' and status = 'open';
