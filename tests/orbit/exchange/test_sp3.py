from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.exchange.sp3 import read_sp3

# The examples of the format's documents (Hilla 2010, SP3-c, example 1; Hilla 2016, SP3-d, example 2, with
# velocities), cut to their first satellites and two epochs; whole in Orekit's src/test/resources/sp3
HEADER = """#cP2001  8  8  0  0  0.00000000       2 ORBIT IGS97 HLM  IGS
## 1126 259200.00000000   900.00000000 52129 0.0000000000000
+    3   G01G02G07  0  0  0  0  0  0  0  0  0  0  0  0  0  0
++         7  8  7  0  0  0  0  0  0  0  0  0  0  0  0  0  0
%c G  cc GPS ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
%c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
%f  1.2500000  1.025000000  0.00000000000  0.000000000000000
%i    0    0    0    0      0      0      0      0         0
/* ULTRA ORBIT COMBINATION FROM WEIGHTED AVERAGE OF:
"""
VERSION_C = (
    HEADER
    + """*  2001  8  8  0  0  0.00000000
PG01 -11044.805800 -10475.672350  21929.418200    189.163300 18 18 18 219
PG02 -12593.593500  10170.327650 -20354.534400    -55.976000 18 18 18 219     M
PG07      0.000000      0.000000      0.000000      0.000000
*  2001  8  9 23 45  0.00000000
PG01 -11044.805800 -10475.672350  21929.418200    189.163300 18 18 18 219  P   P
PG02      0.000000      0.000000      0.000000      0.000000
PG07      0.000000      0.000000      0.000000      0.000000
EOF
"""
)
VERSION_D = (
    HEADER.replace("#cP", "#dV")
    + """*  2001  8  8  0  0  0.00000000
PG01 -11044.805800 -10475.672350  21929.418200    189.163300 18 18 18 219
EP    55   55   55     222  1234567 -1234567  5999999      -30       21 -1230000
VG01  20298.880364 -18462.044804   1381.387685     -4.534317 14 14 14 191
EV    22   22   22     111  1234567  1234567  1234567  1234567  1234567  1234567
PG07      0.000000      0.000000      0.000000      0.000000
VG07      0.000000      0.000000      0.000000      0.000000
*  2001  8  9 23 45  0.00000000
PG01 -11044.805800 -10475.672350  21929.418200    189.163300 18 18 18 219  P   P
VG01  20298.880364 -18462.044804   1381.387685     -4.534317 14 14 14 191
EOF
"""
)


def _read(tmp_path, text):
    path = tmp_path / "given.sp3"
    path.write_text(text)
    return read_sp3(path)


def test_positions_of_version_c(tmp_path):
    one, two = _read(tmp_path, VERSION_C)
    assert (one.object_name, two.object_name) == ("G01", "G02")
    assert (one.frame, one.center) == ("ITRF", "EARTH")
    # GPS time was 13 s ahead of UTC in 2001 (IERS Bulletin C)
    assert one.epoch == datetime(2001, 8, 7, 23, 59, 47, tzinfo=UTC)
    assert np.allclose(one.elapsed_s, [0, 47.75 * 3600], rtol=0, atol=1e-6)
    assert np.allclose(one.position_m[0], [-11044805.8, -10475672.35, 21929418.2], rtol=0, atol=1e-6)
    assert one.velocity_m_s is None
    assert len(two.elapsed_s) == 1


def test_velocities_of_version_d(tmp_path):
    (one,) = _read(tmp_path, VERSION_D)
    assert np.allclose(one.velocity_m_s[0], [2029.8880364, -1846.2044804, 138.1387685], rtol=0, atol=1e-9)
    # in the turning frame: 3.87 km/s in inertial space less what the Earth turns
    assert np.linalg.norm(one.velocity_m_s[0]) == pytest.approx(2747, abs=1)


@pytest.mark.parametrize(
    ("system", "second"), [("UTC", 0), ("TAI", -32), ("GAL", -13), ("GLO", 0), ("BDT", 1)]
)
def test_time_systems(tmp_path, system, second):
    one = _read(tmp_path, VERSION_C.replace("cc GPS", f"cc {system}"))[0]
    assert (one.epoch - datetime(2001, 8, 8, tzinfo=UTC)).total_seconds() == second


BROKEN = {
    "version": (
        VERSION_C.replace("#cP", "#aP"),
        (1, "expected '#c' or '#d' of SP3-c or SP3-d first, given '#a'; convert the file"),
    ),
    "frame": (
        VERSION_C.replace("IGS97", "PZ90 "),
        (1, "the coordinate system 'PZ90' is unknown; expected a terrestrial one such as ITRF, IGS20 or "
            "SLR14: "
            "convert the positions"),
    ),
    "time system": (
        VERSION_C.replace("cc GPS", "cc ccc"),
        (5, "the time system 'ccc' is unknown; expected one of UTC, GLO, TAI, TT, GPS, GAL, QZS, BDT: "
            "convert "
            "the time tags"),
    ),
    "cut": (
        VERSION_C.replace("EOF\n", ""),
        (17, "expected EOF last, given none; get the whole file"),
    ),
    "cut line": (
        VERSION_C[: VERSION_C.index("  21929")],
        (11, "expected a number for a component of PG01, given ''; correct it"),
    ),
    "fewer epochs": (
        VERSION_C.replace("       2 ORBIT", "      96 ORBIT"),
        (1, "expected 96 epochs, as this line says, given 2; get the whole file"),
    ),
    "number": (
        VERSION_C.replace("-11044.805800", "-11044.8058x0", 1),
        (11, "expected a number for a component of PG01, given '-11044.8058x0'; correct it"),
    ),
    "epoch": (
        VERSION_C.replace("*  2001  8  9", "*  2001 13  9"),
        (14, "expected '* year month day hour minute second', given '*  2001 13  9 23 45  0.00000000'"),
    ),
    "no epoch": (
        VERSION_C.replace("*  2001  8  8  0  0  0.00000000\n", ""),
        (10, "expected an epoch ('*') first, given a position"),
    ),
    "empty": ("", (1, "expected '#c' or '#d' of SP3-c or SP3-d first, given ''; convert the file")),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused(refused, case):
    text, said = BROKEN[case]
    assert refused(read_sp3, text) == said
