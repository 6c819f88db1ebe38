"""What the services of the scholarly web answer → records. Pure; no network."""
