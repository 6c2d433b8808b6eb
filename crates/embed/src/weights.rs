//! Tensors of a model.safetensors file as f32.

use std::path::{Path, PathBuf};

use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};

use crate::error::Error;

/// The tensors of one file.
pub(crate) struct Weights<'a> {
    path: PathBuf,
    tensors: SafeTensors<'a>,
}

impl<'a> Weights<'a> {
    /// Reads the directory of the tensors in `bytes`, the content of the file at `path`.
    pub(crate) fn new(path: &Path, bytes: &'a [u8]) -> Result<Weights<'a>, Error> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| Error::unusable(path, format!("it is no safetensors file ({error}); copy it again")))?;
        Ok(Weights { path: path.to_path_buf(), tensors })
    }

    /// A tensor of the given shape; a name may stand below "bert.", as some folders have it.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let tensor = self.tensor(name)?;
        if tensor.shape() != shape {
            return Err(
                self.unusable(format!("{name} has the shape {:?}, config.json asks for {shape:?}", tensor.shape()))
            );
        }
        self.numbers(name, &tensor)
    }

    /// A tensor of two dimensions of any size, with them.
    pub(crate) fn matrix(&self, name: &str) -> Result<(Vec<f32>, usize, usize), Error> {
        let tensor = self.tensor(name)?;
        match *tensor.shape() {
            [rows, columns] if columns > 0 => Ok((self.numbers(name, &tensor)?, rows, columns)),
            _ => Err(self.unusable(format!("{name} has the shape {:?}, not rows and columns", tensor.shape()))),
        }
    }

    /// A tensor of one dimension, where the file has it.
    pub(crate) fn list(&self, name: &str) -> Result<Option<Vec<f32>>, Error> {
        self.tensors.tensor(name).ok().map(|tensor| self.numbers(name, &tensor)).transpose()
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'_>, Error> {
        let found = self.tensors.tensor(name).or_else(|_| self.tensors.tensor(&format!("bert.{name}")));
        found.map_err(|_| self.unusable(format!("the tensor {name} is missing")))
    }

    fn numbers(&self, name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, Error> {
        let data = tensor.data();
        Ok(match tensor.dtype() {
            Dtype::F32 => data.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four)).collect(),
            Dtype::F64 => data.as_chunks::<8>().0.iter().map(|&eight| f64::from_le_bytes(eight) as f32).collect(),
            Dtype::F16 => data.as_chunks::<2>().0.iter().map(|&two| half(u16::from_le_bytes(two))).collect(),
            Dtype::BF16 => data.as_chunks::<2>().0.iter().map(|&two| brain(u16::from_le_bytes(two))).collect(),
            Dtype::I8 => data.iter().map(|&one| f32::from(one.cast_signed())).collect(),
            Dtype::I32 => data.as_chunks::<4>().0.iter().map(|&four| i32::from_le_bytes(four) as f32).collect(),
            Dtype::I64 => data.as_chunks::<8>().0.iter().map(|&eight| i64::from_le_bytes(eight) as f32).collect(),
            other => return Err(self.unusable(format!("{name} holds {other:?}; save the model as F32 or F16"))),
        })
    }

    fn unusable(&self, reason: String) -> Error {
        Error::unusable(&self.path, reason)
    }
}

/// IEEE half precision: five bits of exponent, ten of fraction.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let fraction = f32::from(bits & 0x3ff);
    match (bits >> 10) & 0x1f {
        0 => sign * fraction / 16_777_216.0,
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        exponent => sign * (1.0 + fraction / 1024.0) * f32::from_bits(u32::from(exponent + 127 - 15) << 23),
    }
}

/// The upper half of an f32.
fn brain(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        let cases =
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x7bff, 65504.0)];
        for (bits, expected) in cases {
            assert_eq!(half(bits), expected);
        }
    }
}
