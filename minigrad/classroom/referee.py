"""PyTorch's own list of operations, `op_db`: why some of its entries are not here.

`tests/test_op_db.py` runs the samples of all others through PyTorch and minigrad, and checks that
no entry is missing from this list.
"""

OUT = {
    "complex numbers, which minigrad leaves out": """
        H angle cdouble cfloat chalf complex conj conj_physical fft.fft fft.fft2 fft.fftn
        fft.fftshift fft.hfft fft.hfft2 fft.hfftn fft.ifft fft.ifft2 fft.ifftn fft.ifftshift
        fft.ihfft fft.ihfft2 fft.ihfftn fft.irfft fft.irfft2 fft.irfftn fft.rfft fft.rfft2
        fft.rfftn imag istft mH polar real resolve_conj resolve_neg stft view_as_complex
        view_as_real
    """,
    "sparse and nested tensors, which minigrad leaves out": """
        _segment_reduce nn.functional.embedding_bag sparse.mm sparse.sampled_addmm to_sparse
    """,
    "inner parts of PyTorch, not meant to be called": """
        __rdiv__ __rmatmul__ _batch_norm_with_update _chunk_cat _native_batch_norm_legit
        _softmax_backward_data _unsafe_masked_index _unsafe_masked_index_put_accumulate
        _upsample_bilinear2d_aa bernoulli empty_permuted empty_strided exponential fill
        hash_tensor jiterator_2inputs_2outputs jiterator_4inputs_with_extra_args jiterator_binary
        jiterator_binary_return_by_ref jiterator_unary max_pool2d_with_indices_backward
        native_batch_norm native_dropout_backward native_group_norm native_layer_norm
        new_empty_strided nonzero_static scalar_tensor torch._scaled_mm torch._scaled_mm_v2
        torch.ops.aten._efficient_attention_forward torch.ops.aten._flash_attention_forward
        torch.ops.aten._safe_softmax.default uniform unsafe_chunk unsafe_split
    """,
    "a copy where PyTorch's usual form is a view: write .clone()": """
        alias_copy as_strided_copy diagonal_copy expand_copy narrow_copy permute_copy
        split_with_sizes_copy squeeze_copy t_copy transpose_copy unbind_copy unfold_copy
        unsqueeze_copy view_copy
    """,
    "bfloat16, a dtype that NumPy lacks": """
        bfloat16
    """,
    "masked reductions, a prototype in PyTorch": """
        masked.amax masked.amin masked.argmax masked.argmin masked.cumprod masked.cumsum
        masked.log_softmax masked.logaddexp masked.logsumexp masked.mean masked.median masked.norm
        masked.normalize masked.prod masked.softmax masked.softmin masked.std masked.sum
        masked.var
    """,
    "windows for signals, and special functions that need long series": """
        i0 igamma igammac mvlgamma signal.windows.bartlett signal.windows.blackman
        signal.windows.cosine signal.windows.exponential signal.windows.gaussian
        signal.windows.general_cosine signal.windows.general_hamming signal.windows.hamming
        signal.windows.hann signal.windows.kaiser signal.windows.nuttall special.airy_ai
        special.bessel_j0 special.bessel_j1 special.bessel_y0 special.bessel_y1
        special.chebyshev_polynomial_t special.chebyshev_polynomial_u
        special.chebyshev_polynomial_v special.chebyshev_polynomial_w special.entr special.erfcx
        special.hermite_polynomial_h special.hermite_polynomial_he special.i0e special.i1
        special.i1e special.laguerre_polynomial_l special.legendre_polynomial_p special.log_ndtr
        special.modified_bessel_i0 special.modified_bessel_i1 special.modified_bessel_k0
        special.modified_bessel_k1 special.ndtr special.ndtri special.polygamma
        special.scaled_modified_bessel_k0 special.scaled_modified_bessel_k1
        special.shifted_chebyshev_polynomial_t special.shifted_chebyshev_polynomial_u
        special.shifted_chebyshev_polynomial_v special.shifted_chebyshev_polynomial_w
        special.spherical_bessel_j0 special.xlog1py special.zeta
    """,
    "decompositions of matrices, whose derivatives are a subject of their own": """
        cholesky cholesky_inverse cholesky_solve geqrf linalg.cholesky_ex linalg.cond linalg.eig
        linalg.eigvals linalg.inv_ex linalg.householder_product linalg.ldl_factor
        linalg.ldl_factor_ex linalg.ldl_solve linalg.lstsq linalg.lu linalg.lu_factor
        linalg.lu_factor_ex linalg.lu_solve linalg.matrix_rank linalg.pinv linalg.solve_ex
        linalg.solve_triangular linalg.tensorinv linalg.tensorsolve linalg.vander lu lu_solve
        lu_unpack matrix_exp ormqr pca_lowrank pinverse qr svd svd_lowrank triangular_solve
    """,
    "layers and losses that minigrad has no module for": """
        grid_sampler_2d grid_sampler_3d nn.functional.adaptive_avg_pool3d
        nn.functional.adaptive_max_pool1d nn.functional.adaptive_max_pool2d
        nn.functional.adaptive_max_pool3d nn.functional.avg_pool3d nn.functional.conv3d
        nn.functional.conv_transpose3d nn.functional.ctc_loss nn.functional.fractional_max_pool2d
        nn.functional.fractional_max_pool3d nn.functional.grid_sample
        nn.functional.linear_cross_entropy nn.functional.max_pool3d nn.functional.max_unpool1d
        nn.functional.max_unpool2d nn.functional.max_unpool3d nn.functional.pdist
        nn.functional.upsample_bilinear nn.functional.upsample_nearest renorm
    """,
    "an operation whose gradient PyTorch itself gets wrong": """
        as_strided_scatter
    """,
    "the bits of floats": """
        frexp nextafter
    """,
    "what is done in another way: pad, x[a:b], x.item(), histc": """
        constant_pad_nd slice item histogram histogramdd
    """,
    "memory of another size, which an array of NumPy does not take": """
        resize_ resize_as_
    """,
    "random numbers of further distributions": """
        cauchy geometric log_normal multinomial
    """,
}
