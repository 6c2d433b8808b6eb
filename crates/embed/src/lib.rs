//! Meaning as vectors: implementations of [`twosource_model::Meaning`].
