"""The Civic Duty Dashboard's domain: rules, edges and deeds. Imports no Streamlit and needs no server."""
