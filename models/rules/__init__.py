"""Laws: pure functions on plain values. Each cites its rule ids of the domain."""
