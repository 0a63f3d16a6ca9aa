"""The style sheet: only what a palette cannot say. Sizes and colours come from the theme."""

from __future__ import annotations

# No rule names a screen. A font-size here would beat setFont for good, so only table headings have one.
# A border that thickens on focus takes its pixel from the padding or the margin, or the page twitches.
SHEET = """
QFrame#sheet { background: %(sheet)s; border: 1px solid %(line)s; border-radius: 10px; }
QDialog { background: %(sheet)s; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: %(muted)s; }  QLabel[tone="accent"] { color: %(accent)s; }
QLabel[tone="good"] { color: %(good)s; }    QLabel[tone="warn"] { color: %(warn)s; }
QLabel[tone="bad"] { color: %(bad)s; }
QFrame[rule="h"] { background: %(line)s; max-height: 1px; min-height: 1px; border: 0; }
QFrame[rule="v"] { background: %(line)s; max-width: 1px; min-width: 1px; border: 0; }
QFrame[tint="accent"] { background: %(accent_soft)s; border-radius: %(r)dpx; }
QFrame[tint="good"] { background: %(good_soft)s; border-radius: %(r)dpx; }
QFrame[tint="warn"] { background: %(warn_soft)s; border-radius: %(r)dpx; }
QFrame[tint="bad"] { background: %(bad_soft)s; border-radius: %(r)dpx; }
QFrame[tint="float"] { background: %(sheet)s; border: 1px solid %(edge)s; border-radius: 8px; }
QPushButton { min-height: %(h)dpx; padding: 0 %(bx)dpx; border: 1px solid %(edge)s; border-radius: %(r)dpx;
    background: %(sheet)s; color: %(text)s; }
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed { background: %(track)s; }
QPushButton:focus { border: 2px solid %(accent)s; padding: 0 %(bxf)dpx; min-height: %(hf)dpx; }
QPushButton[kind="primary"] { background: %(accent)s; border-color: %(accent)s; color: %(on_accent)s; }
QPushButton[kind="primary"]:hover { background: %(accent_hi)s; border-color: %(accent_hi)s; }
QPushButton[kind="primary"]:focus { border: 2px solid %(text)s; }
QPushButton[kind="quiet"] { background: transparent; border: 0; padding: 0; color: %(accent)s;
    text-align: right; }
QPushButton[kind="quiet"]:hover { text-decoration: underline; }
QPushButton[kind="quiet"]:focus { border: 0; padding: 0; border-radius: 0;
    border-bottom: 2px solid %(accent)s; }
QPushButton[kind="link"] { background: transparent; border: 0; padding: 0; min-height: 0; color: %(accent)s;
    text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 0; padding: 0; min-height: 0; background: %(accent_soft)s; }
QPushButton[kind="bar"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="bar"]:hover { background: %(track)s; }
QPushButton[kind="bar"]:focus { border: 2px solid %(accent)s; padding: 0 7px; }
QPushButton:disabled { color: %(edge)s; border-color: %(line)s; background: transparent; }
QPushButton[kind="quiet"]:disabled, QPushButton[kind="bar"]:disabled { border-color: transparent; }
QPushButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { border: 1px solid %(edge)s; border-radius: %(r)dpx;
    background: %(sheet)s; color: %(text)s; selection-background-color: %(accent)s;
    selection-color: %(on_accent)s; placeholder-text-color: %(muted)s; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: %(h)dpx; padding: 0 8px; }
QPlainTextEdit { padding: 4px 6px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid %(accent)s; padding: 0 7px; }
QPlainTextEdit:focus { border: 2px solid %(accent)s; padding: 3px 5px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; min-height: 0;
    background: transparent; }
QComboBox::drop-down { border: 0; width: %(tick)dpx; }  QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: %(sheet)s; color: %(text)s;
    border: 1px solid %(edge)s; selection-background-color: %(accent_soft)s;
    selection-color: %(text)s; padding: 4px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: %(bad)s; }
QCheckBox, QRadioButton { spacing: 8px; color: %(text)s; }
QCheckBox::indicator, QRadioButton::indicator { width: %(tick)dpx; height: %(tick)dpx; }
QProgressBar { background: %(track)s; border: 0; border-radius: 3px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
QTableView, QListView { background: transparent; border: 0; outline: 0; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; color: %(muted)s; border: 0;
    height: %(head)dpx; padding: 0 %(x)dpx; font-size: %(cap)dpx; font-weight: 600; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 2px; }
QScrollBar::handle { background: %(edge)s; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }  QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    width: 0; height: 0; background: transparent; }
QMenuBar { background: %(window)s; color: %(muted)s; padding: 0 4px; border: 0; }
QMenuBar::item { background: transparent; padding: %(menu_y)dpx 9px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: %(track)s; color: %(text)s; }
QMenu { background: %(sheet)s; color: %(text)s; border: 1px solid %(edge)s; padding: 5px; }
QMenu::item { padding: %(menu_y)dpx 28px %(menu_y)dpx 28px; border-radius: 4px; }
QMenu::item:selected { background: %(accent_soft)s; }
QMenu::item:disabled { color: %(edge)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 5px 8px; }
QToolTip { background: %(text)s; color: %(sheet)s; border: 0; padding: 4px 8px; }
"""
