"""Plain values -> a ReportLab Drawing: one chart, two surfaces.

Paper places the Drawing (`kit.figure(chart, chart.alt, caption)`); the window shows the same one as
`drawing_to_pdf` makes it. Each chart is a `Plate` and says in `alt` what it shows.
"""

from reports.charts.money import Compared, CoverRow, Step, cover_bars, waterfall, year_on_year
from reports.charts.people import Change, Turnout, attendance_bars, dumbbell, meter
from reports.charts.plate import ON_PAPER, Look, Plate, drawing_to_pdf, pieces
from reports.charts.year import Held, KitYear, Lent, Period, loan_calendar, year_strip

__all__ = [
    "ON_PAPER",
    "Change",
    "Compared",
    "CoverRow",
    "Held",
    "KitYear",
    "Lent",
    "Look",
    "Period",
    "Plate",
    "Step",
    "Turnout",
    "attendance_bars",
    "cover_bars",
    "drawing_to_pdf",
    "dumbbell",
    "loan_calendar",
    "meter",
    "pieces",
    "waterfall",
    "year_on_year",
    "year_strip",
]
