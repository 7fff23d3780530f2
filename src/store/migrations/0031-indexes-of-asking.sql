-- Asked at each step of on call, beside incident_asked.
create index incident_ask_again on incident (id) where ask_again_at = 'infinity';
-- Whether anything with an issue is open, however much stands in the inventory.
create index incident_open_with_issue on incident (id) where status = 'open' and stands = 'issue';
