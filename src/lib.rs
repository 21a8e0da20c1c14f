//! Shared leadership in care networks: an agent-based simulation of collaborative governance.
