"""An application that uses every option of the kernel once; exists only in tests."""
