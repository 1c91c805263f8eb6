"""What is held on people, and the words by which what people wrote names them."""
