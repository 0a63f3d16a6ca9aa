"""Papers, charts and workbooks."""

from reportlab import rl_config

# said before the shapes are loaded: to look at each value that a chart sets took a twentieth of a pack's time
rl_config.shapeChecking = 0
