//! Matrix products and the few functions an encoder needs, with the same bits on every machine.
//!
//! Each number of a result is added up in one fixed order with plain f32 steps and no fused ones; exponentials are
//! ours, since those of the system's library differ from system to system. Wider registers than the ones every
//! processor of a kind has were tried and gained nothing.

/// Outputs worked on side by side.
const WIDE: usize = 8;
/// Rows worked on side by side, so that each weight read is used that often.
const HIGH: usize = 4;

/// A layer `x · weightᵀ + bias`, its weights stored in the order they are read.
pub(crate) struct Linear {
    inputs: usize,
    outputs: usize,
    /// For each group of `WIDE` outputs, for each input, the weights of the group.
    panels: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// From a weight of `outputs` rows and `inputs` columns.
    pub(crate) fn new(weight: &[f32], bias: Vec<f32>, inputs: usize) -> Linear {
        let outputs = bias.len();
        let mut panels = vec![0.0; outputs.div_ceil(WIDE) * inputs * WIDE];
        for (output, row) in weight.chunks_exact(inputs).enumerate() {
            let panel = (output / WIDE) * inputs * WIDE + output % WIDE;
            for (input, &value) in row.iter().enumerate() {
                panels[panel + input * WIDE] = value;
            }
        }
        Linear { inputs, outputs, panels, bias }
    }

    /// All rows of `x` through the layer.
    pub(crate) fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.inputs;
        let mut y = vec![0.0; rows * self.outputs];
        for (group, panel) in self.panels.chunks_exact(self.inputs * WIDE).enumerate() {
            for first in (0..rows).step_by(HIGH) {
                let row = |offset: usize| &x[(first + offset).min(rows - 1) * self.inputs..][..self.inputs];
                let sums = tile(panel, [row(0), row(1), row(2), row(3)]);
                for (row, sum) in (first..rows).zip(&sums) {
                    self.store(&mut y[row * self.outputs..][..self.outputs], group * WIDE, sum);
                }
            }
        }
        y
    }

    fn store(&self, y: &mut [f32], at: usize, sum: &[f32; WIDE]) {
        for ((y, sum), bias) in y[at..].iter_mut().zip(sum).zip(&self.bias[at..]) {
            *y = sum + bias;
        }
    }
}

fn tile(panel: &[f32], x: [&[f32]; HIGH]) -> [[f32; WIDE]; HIGH] {
    let mut sums = [[0.0; WIDE]; HIGH];
    let weights = panel.as_chunks::<WIDE>().0;
    let [a, b, c, d] = x;
    for ((((weights, a), b), c), d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
        for (sum, value) in sums.iter_mut().zip([a, b, c, d]) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }
    sums
}

/// Normalises each row to mean 0 and variance 1, then scales and shifts it.
pub(crate) fn layer_norm(x: &mut [f32], scale: &[f32], shift: &[f32], epsilon: f32) {
    for row in x.chunks_exact_mut(scale.len()) {
        let width = row.len() as f64;
        let mean = row.iter().map(|&value| f64::from(value)).sum::<f64>() / width;
        let square = |value: f64| value * value;
        let variance = row.iter().map(|&value| square(f64::from(value) - mean)).sum::<f64>() / width;
        let shrink = 1.0 / (variance + f64::from(epsilon)).sqrt();
        for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *value = ((f64::from(*value) - mean) * shrink) as f32 * scale + shift;
        }
    }
}

/// Adds `y` to `x`.
pub(crate) fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// The Gaussian error linear unit, of every number.
pub(crate) fn gelu(x: &mut [f32]) {
    x.iter_mut().for_each(|x| *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2)));
}

/// Turns scores into shares that sum to one.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score = exp(*score - most));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The dot product in eight interleaved sums.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

/// Abramowitz and Stegun 7.1.26, in absolute error below 1.5e-7.
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let poly = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_8 + t * (-1.453_152 + t * 1.061_405_4))));
    (1.0 - poly * exp(-x * x)).copysign(x)
}

/// The exponential: a power of two by bits, the rest by a polynomial (Cephes expf).
///
/// Adding `ROUND` leaves the nearest whole number in the lowest bits, which is quicker than rounding by name.
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let power = shifted - ROUND;
    let rest = x - power * 0.693_359_4 - power * -2.121_944_4e-4;
    let poly = 1.987_569_1e-4;
    let poly = poly * rest + 1.398_2e-3;
    let poly = poly * rest + 8.333_452e-3;
    let poly = poly * rest + 4.166_579_6e-2;
    let poly = poly * rest + 1.666_666_5e-1;
    let poly = poly * rest + 5e-1;
    let value = poly * rest * rest + rest + 1.0;
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127);
    value * f32::from_bits(exponent << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_and_error_function() {
        for step in -800..=800 {
            let x = step as f32 / 10.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) / expected - 1.0).abs() < 1e-6, "exp({x})");
        }
        for (x, expected) in [(0.0, 0.0), (0.5, 0.520_499_9), (-1.0, -0.842_700_8), (3.0, 0.999_977_9)] {
            assert!((erf(x) - expected).abs() < 1e-6, "erf({x})");
        }
    }

    #[test]
    fn linear_is_the_plain_product_whatever_the_rows() {
        let (inputs, outputs, rows) = (5, 19, 7);
        let weight: Vec<_> = (0..inputs * outputs).map(|i| ((i * 37 % 11) as f32 - 5.0) / 7.0).collect();
        let bias: Vec<_> = (0..outputs).map(|i| i as f32 / 3.0).collect();
        let x: Vec<_> = (0..inputs * rows).map(|i| ((i * 29 % 13) as f32 - 6.0) / 5.0).collect();
        let layer = Linear::new(&weight, bias.clone(), inputs);
        let all = layer.apply(&x);
        for row in 0..rows {
            let x = &x[row * inputs..][..inputs];
            assert_eq!(layer.apply(x), all[row * outputs..][..outputs]);
            for output in 0..outputs {
                let plain = x.iter().zip(&weight[output * inputs..]).fold(0.0, |sum, (x, w)| sum + x * w);
                assert_eq!(all[row * outputs + output], plain + bias[output]);
            }
        }
    }
}
