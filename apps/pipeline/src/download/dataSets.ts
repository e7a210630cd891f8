// The data sets that `pipeline data get` knows: to add one, add an entry. MD5 is the hash that their publishers give.

/** A file of a data set, as every mirror serves it. */
export interface DataSetFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly md5: string;
}

/** A public data set and where it can be had. */
export interface DataSet {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Addresses that files' names are appended to, in the order in which they are tried. */
  readonly mirrors: readonly string[];
  readonly files: readonly DataSetFile[];
}

/** All of them. */
export const DATA_SETS: readonly DataSet[] = [
  {
    name: "mnist",
    title: "handwritten digits, 60,000 + 10,000 images of 28 × 28 in 10 classes",
    mirrors: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
    files: [
      { name: "train-images-idx3-ubyte.gz", bytes: 9_912_422, md5: "f68b3c2dcbeaaa9fbdd348bbdeb94873" },
      { name: "train-labels-idx1-ubyte.gz", bytes: 28_881, md5: "d53e105ee54ea40749a09fcbcd1e9432" },
      { name: "t10k-images-idx3-ubyte.gz", bytes: 1_648_877, md5: "9fb629c4189551a2d022fa330f9573f3" },
      { name: "t10k-labels-idx1-ubyte.gz", bytes: 4_542, md5: "ec29112dd5afa0611ce80d1b7f02629c" },
    ],
  },
  {
    name: "fashion-mnist",
    title: "articles of clothing, laid out as MNIST is",
    mirrors: [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    ],
    files: [
      { name: "train-images-idx3-ubyte.gz", bytes: 26_421_880, md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
      { name: "train-labels-idx1-ubyte.gz", bytes: 29_515, md5: "25c81989df183df01b3e8a0aad5dffbe" },
      { name: "t10k-images-idx3-ubyte.gz", bytes: 4_422_102, md5: "bef4ecab320f06d8554ea6380940ec79" },
      { name: "t10k-labels-idx1-ubyte.gz", bytes: 5_148, md5: "bb300cfdad3c16e7a12a480ee83cd310" },
    ],
  },
];
