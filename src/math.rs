//! The mathematics a result may depend on, in pure Rust: the same bits on every machine.
//!
//! The system's `exp` and `ln` differ in the last bits between platforms, and one such bit can
//! turn one decision in a run. Everything here is built from additions, multiplications, divisions
//! and square roots, which IEEE 754 fixes exactly. The functions have no branches on the data, so
//! that loops over pairs of leaders can be vectorised.

/// Largest argument whose exponential is still finite here.
const EXP_LIMIT: f64 = 708.0;
/// Adding and subtracting it rounds to the nearest integer (1.5 · 2^52).
const ROUND: f64 = 6_755_399_441_055_744.0;
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// e^x, to about one unit in the last place; arguments are held to ±708 so that the result is
/// finite and positive.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(-EXP_LIMIT, EXP_LIMIT);
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    // Taylor's series on |r| <= ln(2)/2: the first term left out is below 2^-53. Summed in pairs
    // (Estrin 1960), because a chain of thirteen steps would wait for each.
    let (r2, pair) = (r * r, |low: f64, high: f64| low + high * r);
    let (r4, r8) = (r2 * r2, r2 * r2 * r2 * r2);
    let first = pair(1.0, 1.0) + pair(0.5, 1.0 / 6.0) * r2;
    let second = pair(1.0 / 24.0, 1.0 / 120.0) + pair(1.0 / 720.0, 1.0 / 5_040.0) * r2;
    let third =
        pair(1.0 / 40_320.0, 1.0 / 362_880.0) + pair(1.0 / 3_628_800.0, 1.0 / 39_916_800.0) * r2;
    let fourth = pair(1.0 / 479_001_600.0, 1.0 / 6_227_020_800.0);
    let sum = (first + second * r4) + (third + fourth * r4) * r8;
    // The low bits of `shifted` hold k as a two's complement integer: move it to the exponent.
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    sum * power
}

/// Natural logarithm, to about one unit in the last place. Zero and negative numbers are taken as
/// the smallest positive normal number (the result is then about -708), so that it stays finite.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    let bits = x.max(f64::MIN_POSITIVE).to_bits();
    // Split into 2^k · m with m between 1/sqrt(2) and sqrt(2).
    const SQRT_HALF_BITS: u64 = 0x3FE6_A09E_667F_3BCD;
    let offset = bits.wrapping_sub(SQRT_HALF_BITS);
    let k = (offset.cast_signed() >> 52) as f64;
    let mantissa = f64::from_bits(bits.wrapping_sub(offset & 0xFFF0_0000_0000_0000));
    let f = (mantissa - 1.0) / (mantissa + 1.0);
    let square = f * f;
    // ln m = 2 atanh f, as a series in f².
    let (s2, pair) = (square * square, |low: f64, high: f64| low + high * square);
    let (s4, s8) = (s2 * s2, s2 * s2 * s2 * s2);
    let first = pair(1.0 / 3.0, 1.0 / 5.0) + pair(1.0 / 7.0, 1.0 / 9.0) * s2;
    let second = pair(1.0 / 11.0, 1.0 / 13.0) + pair(1.0 / 15.0, 1.0 / 17.0) * s2;
    let sum = (first + second * s4) + pair(1.0 / 19.0, 1.0 / 21.0) * s8;
    k * LN2_HIGH + (2.0 * f + (2.0 * f * square * sum + k * LN2_LOW))
}

/// x^y for x >= 0, as e^(y ln x); 0^0 is 1 and 0^y is 0 for y > 0.
#[inline]
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        1.0
    } else if x <= 0.0 {
        0.0
    } else {
        exp(y * ln(x))
    }
}

/// σ(z) = 1 / (1 + e^-z).
#[inline]
#[must_use]
pub fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + exp(-z))
}

#[inline]
fn polynomial(c: &[f64; 8], x: f64) -> f64 {
    let (x2, pair) = (x * x, |low: usize| c[low] + c[low + 1] * x);
    (pair(0) + pair(2) * x2) + (pair(4) + pair(6) * x2) * (x2 * x2)
}

/// The standard normal quantile Φ⁻¹(p) for 0 < p < 1 (Wichura 1988, algorithm AS 241, PPND16:
/// about 16 digits). Outside the open interval the nearest finite value is returned.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let p = p.clamp(1e-300, 1.0 - f64::EPSILON / 2.0);
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_ABOVE, r) / polynomial(&CENTRE_BELOW, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt();
    let value = if r <= 5.0 {
        polynomial(&MIDDLE_ABOVE, r - 1.6) / polynomial(&MIDDLE_BELOW, r - 1.6)
    } else {
        polynomial(&FAR_ABOVE, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0)
    };
    if q < 0.0 { -value } else { value }
}

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_6,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_545e3,
];
const MIDDLE_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_7e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "the system's functions are the reference"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exponential_is_the_systems_to_two_units(x in -700.0..700.0f64) {
            prop_assert!((exp(x) / x.exp() - 1.0).abs() < 5e-16);
        }

        #[test]
        fn logarithm_is_the_systems_to_two_units(x in prop_oneof![0.5..2.0f64, 1e-300..1e300f64]) {
            prop_assert!((ln(x) - x.ln()).abs() <= 4e-16 * x.ln().abs().max(0.1));
        }

        #[test]
        fn logistic_is_symmetric(z in -50.0..50.0f64) {
            prop_assert!((logistic(z) + logistic(-z) - 1.0).abs() < 1e-15);
        }

        #[test]
        fn quantile_is_odd_and_rises(p in 1e-9..0.5f64) {
            prop_assert!((normal_quantile(p) + normal_quantile(1.0 - p)).abs() < 1e-6);
            prop_assert!(normal_quantile(p) < normal_quantile(p + 1e-9));
        }
    }

    /// Published percentage points of the normal distribution.
    #[test]
    fn quantile_meets_the_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_7),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813),
            (1e-12, -7.034_483_825_301_1),
        ] {
            assert!(
                (normal_quantile(p) - z).abs() < 1e-12 * (1.0 + z.abs()),
                "{p}"
            );
        }
    }

    #[test]
    fn edges_stay_finite() {
        assert!(exp(1e9).is_finite() && exp(-1e9) > 0.0);
        assert!(ln(0.0).is_finite() && ln(-1.0).is_finite());
        assert!(normal_quantile(0.0).is_finite() && normal_quantile(1.0).is_finite());
        assert_eq!((pow(0.0, 0.0), pow(0.0, 2.0)), (1.0, 0.0));
        assert!((pow(2.0, 0.5) - std::f64::consts::SQRT_2).abs() < 1e-15);
    }
}
