"""点对点输送和稳岗回访: who rides, arrives, is handed over; who stayed after one, three, six months."""
