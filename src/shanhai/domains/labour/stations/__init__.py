"""劳务工作服务站: the list of the day, visits the register follows, troubles to their end, coming home."""
