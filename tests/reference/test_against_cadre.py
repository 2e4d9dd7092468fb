"""The battery and node equations of CADRE (Hwang et al., JSR 2014; constants of OpenMDAO/CADRE, S-12).

Its equations stand here and are integrated by scipy; ours must follow them. Not for absolute results.

CADRE multiplies the current by its efficiency when the cell is discharged, too, so it gives back more than
was taken; we divide. Discharge is therefore compared without loss.
"""

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from cosmodrome.budgets.battery import PowerFlow, charge_history
from cosmodrome.models.power import Battery
from cosmodrome.physics.thermal import ThermalNetwork, temperature_history_k

CAPACITY_AS, RESISTANCE, T0_K, SIGMA_SOC = 2900 * 0.001 * 3600, 0.9, 293.0, 1e-10
ALPHA = np.log(1 / 1.1**5)
STEP_S = 43200.0 / 1500  # 1500 steps in 12 h


def voltage(soc, temperature_k):
    open_circuit = 3.0 + (np.exp(soc) - 1.0) / (np.e - 1.0)
    return RESISTANCE * open_circuit * (2.0 - np.exp(ALPHA * (temperature_k - T0_K) / T0_K))


def charge_after(soc, power_w, efficiency, duration_s, temperature_k):
    def rate(_, state):
        current = power_w / voltage(state[0], temperature_k)
        return [-SIGMA_SOC * state[0] / 24 + efficiency * current / CAPACITY_AS]

    return solve_ivp(rate, (0.0, duration_s), [soc], rtol=1e-11, atol=1e-12).y[0, -1]


def energy_wh(low, high, temperature_k):
    return quad(lambda soc: voltage(soc, temperature_k), low, high)[0] * CAPACITY_AS / 3600


@pytest.mark.parametrize("temperature_k", [283.0, 293.0, 313.0])
@pytest.mark.parametrize(
    ("soc", "power_w", "efficiency"), [(0.3, 5.0, 0.99), (0.6, 2.0, 0.99), (1.0, -4.0, 1.0), (0.8, -1.0, 1.0)]
)
def test_energy_follows_the_cell(soc, power_w, efficiency, temperature_k):
    """dE/dt = V C dSOC/dt = eta P, whatever the voltage: a store of energy with an efficiency."""
    duration_s = 60 * STEP_S
    after = charge_after(soc, power_w, efficiency, duration_s, temperature_k)
    full_wh = energy_wh(0.0, 1.0, temperature_k)
    battery = Battery(
        capacity_wh=full_wh,
        charge_efficiency_ratio=0.99,
        transmission_efficiency_ratio=1.0,
        end_of_life_capacity_ratio=1.0,
    )
    # the account starts full, so what is charged is first taken out; without loss, it can be
    taken_wh = energy_wh(soc, 1.0, temperature_k)
    emptying = np.full(60, 3600 * taken_wh / duration_s)
    load = np.concatenate([emptying, np.full(60, max(-power_w, 0.0))])
    array = np.concatenate([np.zeros(60), np.full(60, max(power_w, 0.0))])
    stored_wh, account = charge_history(PowerFlow(STEP_S * np.arange(121.0), array, load, 1.0, battery))
    # self-discharge of 1e-10 is left out: 1e-8 of the charge in half an hour
    assert stored_wh[-1] == pytest.approx(energy_wh(0.0, after, temperature_k), rel=1e-7)
    assert abs(account.imbalance_wh) <= 1e-9 * full_wh


@pytest.mark.parametrize(
    ("mass_kg", "heat_j_kg_k", "area_m2", "emissivity"),
    [(0.4, 600.0, 7 * 2.66e-3, 0.87 + 0.88), (2.0, 2000.0, 7 * 2.66e-3 * 4, 0.88)],
)
def test_nodes_follow_the_equation(mass_kg, heat_j_kg_k, area_m2, emissivity):
    """A fin that radiates from both sides and the body, through sunlight and shadow of its 500 km orbit."""
    sun_w = 0.9 * area_m2 * 1360.0 * 0.5
    capacity, emitting = mass_kg * heat_j_kg_k, emissivity * area_m2
    times = STEP_S * np.arange(1501.0)
    lit = (times[:-1] % (198 * STEP_S)) < 122 * STEP_S
    heat = np.where(lit, sun_w, 0.05 * sun_w)
    node = ThermalNetwork(np.array([capacity]), np.array([emitting]), np.zeros((1, 1)))
    found, account = temperature_history_k(node, times, heat[:, None], np.array([273.0]))

    def rate(when, state):
        source = heat[min(int(when // STEP_S), 1499)]
        return [(source - 5.67051e-8 * emitting * state[0] ** 4) / capacity]

    expected = solve_ivp(
        rate, (0.0, times[-1]), [273.0], t_eval=times[::50], rtol=1e-8, atol=1e-8, max_step=STEP_S
    ).y[0]
    # CADRE's constant of radiation is 5e-6 above CODATA's; second order at 29 s steps: 0.01 K
    assert found[::50, 0] == pytest.approx(expected, abs=0.02)
    assert np.abs(account.imbalance_wh).max() <= 1e-9 * account.absorbed_wh.max()
