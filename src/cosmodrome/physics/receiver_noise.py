"""Noise of a receiving chain, stage by stage."""

from collections.abc import Sequence

REFERENCE_TEMPERATURE_K = 290.0  # of the noise figure's definition, IEEE Std 145


def noise_temperature_from_figure_k(noise_figure_db: float) -> float:
    """Equivalent noise temperature of a stage, T = 290 K (10^(NF/10) - 1).

    Parameters
    ----------
    noise_figure_db : float
        Noise figure in decibels, not the factor. [dB]

    Returns
    -------
    float
        Noise temperature at the stage's input. [K]

    References
    ----------
    Friis (1944), Proc. IRE 32, 419, doi:10.1109/JRPROC.1944.232049.

    Examples
    --------
    FloripaSat-2: a noise figure of 2 dB is 169.6 K, where taking it as a factor gives 290 K.

    >>> round(noise_temperature_from_figure_k(2.0), 1)
    169.6
    """
    return REFERENCE_TEMPERATURE_K * float(10 ** (noise_figure_db / 10) - 1)


def line_noise_temperature_k(loss_db: float, temperature_k: float = REFERENCE_TEMPERATURE_K) -> float:
    """Equivalent noise temperature of a lossy line at its input, T = T_0 (L - 1).

    Parameters
    ----------
    loss_db : float
        Loss of the line, positive. [dB]
    temperature_k : float
        Its physical temperature. [K]

    Returns
    -------
    float
        Noise temperature. [K]

    References
    ----------
    Friis (1944), Proc. IRE 32, 419, doi:10.1109/JRPROC.1944.232049.

    Examples
    --------
    FloripaSat-2's line transmits 89 %: 35.8 K.

    >>> import math
    >>> round(line_noise_temperature_k(-10 * math.log10(0.89)), 1)
    35.8
    """
    return temperature_k * float(10 ** (loss_db / 10) - 1)


def cascade_noise_temperature_k(stages: Sequence[tuple[float, float]]) -> float:
    """Noise temperature of stages in a row, at the input of the first: T = T_1 + T_2 / G_1 + T_3 / (G_1 G_2).

    Parameters
    ----------
    stages : sequence of (noise temperature, gain)
        From the antenna on; a loss is a negative gain. [K, dB]

    Returns
    -------
    float
        Noise temperature of the chain. [K]

    References
    ----------
    Friis (1944), Proc. IRE 32, 419, doi:10.1109/JRPROC.1944.232049.

    Examples
    --------
    FloripaSat-2 with its noise figure as decibels: 300 K of antenna, a line of 89 %, 2 dB: 526.4 K.

    >>> import math
    >>> line_db = -10 * math.log10(0.89)
    >>> chain_k = cascade_noise_temperature_k([
    ...     (line_noise_temperature_k(line_db), -line_db), (noise_temperature_from_figure_k(2.0), 0.0)])
    >>> round(300.0 + chain_k, 1)
    526.4
    """
    total_k, gain_db = 0.0, 0.0
    for temperature_k, stage_gain_db in stages:
        total_k += temperature_k / float(10 ** (gain_db / 10))
        gain_db += stage_gain_db
    return total_k
